//! Models of `orm`, written from what is in a database: the other way round than `create_tables`.
//!
//! ```
//! use orm::prelude::*;
//! use orm::Schema;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> orm::Result<()> {
//! let db = Database::open("sqlite::memory:")?;
//! sql!("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)").execute(&db).await?;
//! let text = orm_reflect::models(&Schema::reflect(&db).await?, db.dialect());
//! assert!(text.contains("pub struct User {\n    #[orm(primary_key, auto)]\n    pub id: i64,\n    pub name: String,\n}"));
//! # Ok(())
//! # }
//! ```

mod choice;
mod column;
mod index;
mod made;
mod names;
mod number;
mod plan;
mod relation;
mod types;
mod write;

use orm_core::dialect::Dialect;
use orm_core::schema::Schema;

/// The models of the tables of a schema, as the text of a module: a struct for each table, in alphabetical order, an enum for
/// each column of words, and `Models`, the tuple of all of them.
///
/// Tables are named in the singular, columns in snake case, with their own names beside them where those are others. Foreign
/// keys are relations both ways, and tables that do nothing but link two others are `many_to_many`. What a model cannot say
/// is a comment in its place, as foreign keys that point at something else than a primary or unique key, spatial indexes,
/// triggers and partitions. Views, and tables without a key or with one of more than eight columns, are only read, as `#[orm(view)]`;
/// views of SQLite, which does not tell the types of their columns, are left to be written by hand. A column `ON UPDATE CURRENT_TIMESTAMP` is
/// `on_update = now`, so that the program knows what is in the row.
///
/// The models compile, and `Schema::verify` finds that database as they say, but for foreign keys that are comments.
///
/// ```
/// use orm::prelude::*;
/// use orm::Schema;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// let db = Database::open("sqlite::memory:")?;
/// sql!("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)").execute(&db).await?;
/// sql!("CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id BIGINT NOT NULL REFERENCES users)").execute(&db).await?;
/// let text = orm_reflect::models(&Schema::reflect(&db).await?, db.dialect());
/// assert!(text.contains("#[orm(belongs_to = User)]\n    pub author_id: i64,"), "{text}");
/// assert!(text.contains("has_many(posts: Post)"), "{text}"); // write it into `src/models.rs`
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn models(schema: &Schema, dialect: &Dialect) -> String {
    write::module(&plan::plan(schema, dialect))
}

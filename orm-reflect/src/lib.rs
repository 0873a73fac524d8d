//! Generates models for `orm` from an existing database (reverse engineering), the inverse of `create_tables`.
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
mod dates;
mod index;
mod made;
mod names;
mod number;
mod plan;
mod relation;
mod types;
mod write;

pub use dates::Dates;

use orm_core::dialect::Dialect;
use orm_core::schema::Schema;

/// Returns models for the tables of a schema, as the source of a module: a struct per table, in alphabetical order, an enum per
/// column of type ENUM or with a CHECK that lists its values, and `Models`, the tuple of all models.
///
/// Structs are named in the singular, fields in snake case, with the name in the database stated where it differs. Foreign
/// keys become relations in both directions, and tables that only link two others become `many_to_many`. What a model cannot
/// express becomes a comment in its place: foreign keys that reference neither a primary nor a unique key, spatial indexes,
/// triggers and partitions. Views, and tables without a primary key or with one of more than eight columns, become read-only
/// models, `#[orm(view)]`; views of SQLite, which does not report the types of their columns, you have to write by hand. A
/// column with `ON UPDATE CURRENT_TIMESTAMP` becomes `on_update = now`, so that the program knows what is in the row.
///
/// The models compile, and `Schema::verify` finds no difference to that database, except for foreign keys that are comments.
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
/// assert!(text.contains("has_many(posts: Post)"), "{text}"); // write this to `src/models.rs`
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn models(schema: &Schema, dialect: &Dialect) -> String {
    models_with(schema, dialect, Dates::Chrono)
}

/// Returns models like [`models`], with the dates and times of this crate.
///
/// ```
/// use orm::prelude::*;
/// use orm::Schema;
/// use orm_reflect::Dates;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// let db = Database::open("sqlite::memory:")?;
/// sql!("CREATE TABLE days (id INTEGER PRIMARY KEY, at DATE NOT NULL)").execute(&db).await?;
/// let text = orm_reflect::models_with(&Schema::reflect(&db).await?, db.dialect(), Dates::Jiff);
/// assert!(text.contains("pub at: jiff::civil::Date,"), "{text}");
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn models_with(schema: &Schema, dialect: &Dialect, dates: Dates) -> String {
    write::module(&plan::plan(schema, dialect), dates)
}

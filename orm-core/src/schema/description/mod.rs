//! The schema of a database, or the one that models require, as an owned value.

mod column;
mod keys;
mod table;

pub use column::{ColumnSchema, Generated};
pub use keys::{CheckSchema, ForeignKeySchema, IndexSchema, KeyPart};
pub use table::{TableName, TableSchema};

use serde::{Deserialize, Serialize};

use super::{ModelSet, Table, ddl, models, set};
use crate::dialect::Dialect;
use crate::error::Result;

/// The schema of a database: its tables with everything that belongs to them, its views and its procedures, as plain
/// data.
///
/// [`Schema::of`] makes it from models, for a dialect and without a database.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Schema;
/// use orm::dialect::MYSQL;
/// let schema = Schema::of::<(Post, User)>(&MYSQL)?;
/// let users = schema.table("users").unwrap();
/// assert_eq!(users.column("email").unwrap().ty, "VARCHAR(190)");
/// assert_eq!(users.indexes[0].name, "users_email_key");
/// assert!(schema.ddl(&MYSQL)[0].starts_with("CREATE TABLE IF NOT EXISTS `users`")); // the parent comes before `posts`
/// # let _ = db;
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Schema {
    /// The tables, each after those that its foreign keys reference, except in a cycle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableSchema>,
    /// The views.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<ViewSchema>,
    /// The names of the stored procedures and functions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routines: Vec<String>,
}

/// A view.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// sql!("CREATE VIEW adults AS SELECT * FROM users WHERE age >= 18").execute(db).await?;
/// let schema = orm::Schema::reflect(db).await?;
/// assert_eq!(schema.views[0].name, "adults");
/// assert!(schema.views[0].query.contains("age >= 18"));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewSchema {
    /// The name.
    pub name: String,
    /// The defining query, as the server writes it.
    pub query: String,
    /// The columns, if the server reports their types, which SQLite does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnSchema>,
}

impl Schema {
    /// Returns the schema that a model or a tuple of models requires, each table once, for a dialect. Does not use a
    /// database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm::{Schema, dialect::MYSQL};
    /// let schema = Schema::of::<(User, Post)>(&MYSQL)?;
    /// assert_eq!(schema.tables.len(), 2);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Unsupported` if a model requires something that the database does not have, `Configuration` if a name is
    /// too long for it.
    pub fn of<S: ModelSet>(dialect: &Dialect) -> Result<Self> {
        Self::of_tables(S::tables(), dialect)
    }

    /// Like [`of`](Self::of), for models chosen at run time. The tables of a model or a tuple of models are its
    /// [`ModelSet::tables`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm::schema::ModelSet as _;
    /// use orm::{Schema, dialect::SQLITE};
    /// let mut tables = <(User, Post)>::tables();
    /// tables.retain(|table| table.name == "users");
    /// assert_eq!(Schema::of_tables(tables, &SQLITE)?, Schema::of::<User>(&SQLITE)?);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// As for [`of`](Self::of).
    pub fn of_tables(tables: Vec<&'static Table>, dialect: &Dialect) -> Result<Self> {
        models::describe(set::each_once(tables), dialect)
    }

    /// Returns the statements that create the tables unless they exist, which
    /// [`create_tables`](crate::Database::create_tables) runs. In a cycle of tables, foreign keys come last if the
    /// database requires the parent to exist; those keys must not exist yet.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::{Schema, dialect::SQLITE};
    /// let statements = Schema::of::<(User, Post)>(&SQLITE)?.ddl(&SQLITE);
    /// assert_eq!(statements.len(), 3); // two tables, and an index for the foreign key
    /// # let _ = db;
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn ddl(&self, dialect: &Dialect) -> Vec<String> {
        let creation = ddl::create(self, dialect);
        creation.tables.into_iter().chain(creation.late.into_iter().filter_map(|key| key.add)).collect()
    }

    /// Returns the table of this name in the connection's own schema.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let schema = orm::Schema::reflect(db).await?;
    /// assert_eq!(schema.table("users").map(|users| users.columns.len()), Some(4));
    /// assert!(schema.table("customers").is_none());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&TableSchema> {
        self.tables.iter().find(|table| table.name.schema.is_none() && table.name.name == name)
    }
}

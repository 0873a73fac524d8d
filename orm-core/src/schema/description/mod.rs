//! What is in a database, or what models ask for, as one owned value.

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

/// What is in a database: its tables with all that belongs to them, its views and its procedures, as plain data.
///
/// Models give one ([`Schema::of`]), without a database, in the words of a dialect.
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
/// assert!(schema.ddl(&MYSQL)[0].starts_with("CREATE TABLE IF NOT EXISTS `users`")); // before the posts
/// # let _ = db;
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Schema {
    /// The tables, each after those that its foreign keys point at, unless they point at one another.
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
    /// Its name.
    pub name: String,
    /// The query that it stands for, as the server writes it.
    pub query: String,
    /// Its columns, as far as the server tells their types, as SQLite does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnSchema>,
}

impl Schema {
    /// What a model or a tuple of models asks for, each of them once, in the words of a dialect. No database is asked.
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
    /// Kind `Unsupported` if a model asks for what the database does not have, `Configuration` if a name is too long for
    /// it.
    pub fn of<S: ModelSet>(dialect: &Dialect) -> Result<Self> {
        Self::of_tables(S::tables(), dialect)
    }

    /// As [`of`](Self::of), of the models of these tables, for a choice that is made while the program runs. The tables of a
    /// model or a tuple of models are its [`ModelSet::tables`].
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

    /// The statements that create the tables where they are not yet there: what
    /// [`create_tables`](crate::Database::create_tables) runs. Foreign keys of tables that point at one another come last
    /// where a key can only point at a table that is there; those must not be there yet.
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

    /// The table of this name, in the schema that is the connection's own.
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

//! Tables.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{CheckSchema, ColumnSchema, ForeignKeySchema, IndexSchema};

/// A table with everything that belongs to it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let schema = orm::Schema::reflect(db).await?;
/// let users = schema.table("users").unwrap();
/// assert_eq!((users.name.name.as_str(), users.primary_key.as_slice()), ("users", &["id".to_owned()][..]));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableSchema {
    /// The name.
    pub name: TableName,
    /// The columns, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnSchema>,
    /// The names of the primary key columns; empty if there is no primary key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub primary_key: Vec<String>,
    /// The unique constraints and indexes, except [those of foreign keys](Self::key_indexes).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<IndexSchema>,
    /// The indexes of foreign keys that are named like the key or its first column, as those that the server creates by itself
    /// are. Models need not state them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_indexes: Vec<IndexSchema>,
    /// The foreign keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign_keys: Vec<ForeignKeySchema>,
    /// The CHECK constraints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckSchema>,
    /// The storage engine, where there is a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// The default character set, where there is a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// The default collation; `None` in the schema of a model that does not state it, which leaves it to the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// The comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Descriptions of other things that were found and that no model can express: spatial indexes, triggers,
    /// partitions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
}

/// The name of a table.
///
/// ```
/// use orm::schema::TableName;
/// let events = TableName { schema: Some("audit".to_owned()), ..TableName::new("events") };
/// assert_eq!(events.to_string(), "audit.events");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct TableName {
    /// The schema (on MySQL: the database) that contains it, if not the connection's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The name in that schema.
    pub name: String,
}

impl TableName {
    /// Names a table in the connection's own schema.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::schema::TableName;
    /// let schema = orm::Schema::reflect(db).await?;
    /// assert!(schema.tables.iter().any(|table| table.name == TableName::new("users")));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        TableName { schema: None, name: name.into() }
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}.")?;
        }
        f.write_str(&self.name)
    }
}

impl TableSchema {
    /// Returns the column of this name. Databases compare column names case-insensitively.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let schema = orm::Schema::reflect(db).await?;
    /// let users = schema.table("users").unwrap();
    /// assert!(users.column("AGE").unwrap().nullable);
    /// assert!(users.column("colour").is_none());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&ColumnSchema> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }
}

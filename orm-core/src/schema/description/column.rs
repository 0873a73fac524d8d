//! Columns.

use serde::{Deserialize, Serialize};

/// A column of a table.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let schema = orm::Schema::reflect(db).await?;
/// let columns = &schema.table("users").unwrap().columns;
/// let may_be_null: Vec<&str> = columns.iter().filter(|column| column.nullable).map(|column| column.name.as_str()).collect();
/// assert_eq!(may_be_null, ["age"]);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ColumnSchema {
    /// The name.
    pub name: String,
    /// The exact SQL type, such as `VARCHAR(190)` or `bigint(20) unsigned`: as the model requests it, or as the server
    /// writes it.
    pub ty: String,
    /// Whether it is nullable.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// Whether it is auto-increment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub auto: bool,
    /// The SQL expression of the server's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The SQL expression of ON UPDATE, with which the server sets the column whenever its row changes, on MySQL and
    /// MariaDB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_update: Option<String>,
    /// How the column is generated, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<Generated>,
    /// The collation, if not that of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// The comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The condition of a CHECK that is part of the column definition, not of the table: on MariaDB, if it was written
    /// there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
}

/// A generated column's expression and storage.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Schema;
/// #[derive(Model)]
/// #[orm(table = "lines")]
/// struct Line {
///     #[orm(primary_key)]
///     id: u64,
///     price: i64,
///     pieces: i64,
///     #[orm(generated = "price * pieces")]
///     total: i64,
/// }
/// db.create_tables::<Line>().await?;
/// let schema = Schema::reflect(db).await?;
/// let total = schema.table("lines").unwrap().column("total").unwrap();
/// assert!(total.generated.as_ref().unwrap().stored); // a `virtual` column would be computed when it is read
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    /// The SQL expression.
    pub expression: String,
    /// Whether the value is stored with the row, rather than computed whenever it is read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stored: bool,
}

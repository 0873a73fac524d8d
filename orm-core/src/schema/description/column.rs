//! A column of a table.

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
    /// Its name.
    pub name: String,
    /// Its exact type in SQL, such as `VARCHAR(190)` or `bigint(20) unsigned`: as a model asks for it, or as the server
    /// writes it.
    pub ty: String,
    /// Whether it may be NULL.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// Whether the server counts it up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub auto: bool,
    /// The SQL expression by which the server fills a new row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The SQL expression by which the server fills it whenever its row is changed, on MySQL and MariaDB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_update: Option<String>,
    /// How the server computes it, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<Generated>,
    /// How its texts are compared, if not as those of its table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// What is said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The SQL condition that is a part of it, and not of its table: on MariaDB, where somebody wrote it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
}

/// How the server computes a column.
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
/// assert!(total.generated.as_ref().unwrap().stored); // `virtual` would have it computed when it is read
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    /// The SQL expression.
    pub expression: String,
    /// Whether the value is stored with the row, and not computed whenever it is read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stored: bool,
}

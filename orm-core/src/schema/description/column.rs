//! A column of a table.

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnSchema {
    /// Its name.
    pub name: String,
    /// Its exact type in SQL, such as `VARCHAR(190)` or `bigint(20) unsigned`: as a model asks for it, or as the server
    /// writes it.
    pub ty: String,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// Whether the server counts it up.
    pub auto: bool,
    /// The SQL expression by which the server fills a new row.
    pub default: Option<String>,
    /// How the server computes it, if it does.
    pub generated: Option<Generated>,
    /// How its texts are compared, if not as those of its table.
    pub collation: Option<String>,
    /// What is said about it.
    pub comment: Option<String>,
}

/// How the server computes a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The SQL expression.
    pub expression: String,
    /// Whether the value is stored with the row, and not computed whenever it is read.
    pub stored: bool,
}

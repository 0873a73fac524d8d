//! Empty values.

use super::{ColumnSchema, TableSchema, literals};
use crate::dialect::Dialect;

/// Returns the empty value of a type, as SQL: the value of existing rows in a new required column, if none is
/// specified.
#[doc(hidden)]
#[must_use]
pub fn empty(ty: &str) -> &'static str {
    let ty = ty.to_uppercase();
    let is = |words: &[&str]| words.iter().any(|word| ty.starts_with(word));
    if is(&["UUID_BLOB"]) {
        "zeroblob(16)"
    } else if is(&["DATETIME", "TIMESTAMP"]) {
        "'1970-01-02 00:00:00'"
    } else if is(&["DATE"]) {
        "'1970-01-01'"
    } else if is(&["TIME"]) {
        "'00:00:00'"
    } else if is(&["JSON"]) {
        "'null'"
    } else if is(&[
        "CHAR",
        "VARCHAR",
        "TINYTEXT",
        "TEXT",
        "MEDIUMTEXT",
        "LONGTEXT",
        "TINYBLOB",
        "BLOB",
        "MEDIUMBLOB",
    ]) || is(&["LONGBLOB", "BINARY", "VARBINARY", "SET", "UUID"])
    {
        "''"
    } else {
        "0"
    }
}

/// Returns the empty value of a column: for an enum, its first value.
pub(super) fn empty_of(table: &TableSchema, column: &ColumnSchema, dialect: &Dialect) -> String {
    let start = format!("{} IN (", dialect.identifier(&column.name));
    let list = table.checks.iter().find_map(|check| check.condition.strip_prefix(&start));
    let words = list.and_then(|list| literals(list, dialect.backslash_escapes));
    let first = words.and_then(|(words, _)| words.first().copied());
    first.unwrap_or_else(|| empty(&column.ty)).to_owned()
}

//! Empty values.

use super::{ColumnSchema, TableSchema};
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
    let words = table.checks.iter().find_map(|check| check.condition.strip_prefix(&start));
    words.and_then(first_word).unwrap_or_else(|| empty(&column.ty)).to_owned()
}

/// Returns the first text of a list, quoted.
fn first_word(list: &str) -> Option<&str> {
    let mut quotes = list.match_indices('\'').map(|(at, _)| at);
    if quotes.next()? != 0 {
        return None;
    }
    while let Some(end) = quotes.next() {
        if list[end + 1..].starts_with('\'') {
            quotes.next();
        } else {
            return Some(&list[..=end]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn the_first_word_ends_at_its_quote() {
        assert_eq!(first_word("'open', 'shut')"), Some("'open'"));
        assert_eq!(first_word("'it''s', 'shut')"), Some("'it''s'"));
        assert_eq!(first_word("'')"), Some("''"));
        assert_eq!(first_word("1, 2)"), None);
        assert_eq!(first_word("'open"), None);
    }
}

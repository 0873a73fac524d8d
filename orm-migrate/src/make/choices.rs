//! The values of ENUM columns, and of columns with a CHECK that stands for an ENUM, each as a literal.

use orm::dialect::Dialect;
use orm::schema::{ColumnSchema, TableSchema, literals};

/// Returns the values that a column is limited to, if it is.
pub(super) fn of(table: &TableSchema, column: &ColumnSchema, dialect: &Dialect) -> Option<Vec<String>> {
    of_type(&column.ty).or_else(|| {
        let start = format!("{} IN (", dialect.identifier(&column.name));
        let mut lists = table.checks.iter().filter_map(|check| check.condition.strip_prefix(&start));
        lists.find_map(|list| owned(list, dialect.backslash_escapes))
    })
}

/// Returns the values of an ENUM type.
pub(super) fn of_type(ty: &str) -> Option<Vec<String>> {
    let (word, list) = ty.split_once('(')?;
    if word.trim().eq_ignore_ascii_case("ENUM") { owned(list, true) } else { None }
}

fn owned(list: &str, backslash_escapes: bool) -> Option<Vec<String>> {
    let (words, _) = literals(list, backslash_escapes)?;
    Some(words.into_iter().map(str::to_owned).collect())
}

/// Returns the ENUM type with these values.
pub(super) fn ty(words: &[String]) -> String {
    format!("ENUM({})", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{of_type, ty};

    #[test]
    fn words_of_types() {
        let words = |ty| of_type(ty).map(|words| words.join("|"));
        assert_eq!(words("enum('a','b')").as_deref(), Some("'a'|'b'"));
        assert_eq!(words("VARCHAR(20)"), None);
        assert_eq!(words("ENUM('a"), None);
    }

    #[test]
    fn words_are_written_as_they_were() {
        for written in ["ENUM('a', 'it''s, so')", r"ENUM('a\\b')"] {
            assert_eq!(of_type(written).map(|words| ty(&words)).as_deref(), Some(written));
        }
    }
}

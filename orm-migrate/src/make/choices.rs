//! The values of ENUM columns, and of columns with a CHECK that stands for an ENUM.

use orm::dialect::Dialect;
use orm::schema::{ColumnSchema, TableSchema};

/// Returns the values that a column is limited to, if it is.
pub(super) fn of(table: &TableSchema, column: &ColumnSchema, dialect: &Dialect) -> Option<Vec<String>> {
    of_type(&column.ty).or_else(|| {
        let start = format!("{} IN (", dialect.identifier(&column.name));
        table.checks.iter().find_map(|check| words(check.condition.strip_prefix(&start)?))
    })
}

/// Returns the values of an ENUM type.
pub(super) fn of_type(ty: &str) -> Option<Vec<String>> {
    let (word, rest) = ty.split_once('(')?;
    if word.trim().eq_ignore_ascii_case("ENUM") { words(rest) } else { None }
}

/// Returns the ENUM type with these values.
pub(super) fn ty(words: &[String]) -> String {
    format!("ENUM({})", list(words))
}

/// Quotes values and joins them with commas. Their backslashes are still as they were written.
pub(super) fn list(words: &[String]) -> String {
    words.iter().map(|word| format!("'{}'", word.replace('\'', "''"))).collect::<Vec<_>>().join(", ")
}

/// Parses a comma-separated list of string literals up to the parenthesis.
fn words(list: &str) -> Option<Vec<String>> {
    let (mut words, mut rest) = (Vec::new(), list.trim_start());
    loop {
        let (word, behind) = text(rest.strip_prefix('\'')?)?;
        words.push(word);
        rest = behind.trim_start();
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => return rest.starts_with(')').then_some(words),
        }
    }
}

/// Parses a string literal, and returns the rest after it.
fn text(rest: &str) -> Option<(String, &str)> {
    let (mut text, mut rest) = (String::new(), rest);
    loop {
        let end = rest.find('\'')?;
        text.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('\'') {
            Some(next) => {
                text.push('\'');
                rest = next;
            }
            None => return Some((text, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{of_type, ty};

    #[test]
    fn words_of_types() {
        let words = |ty| of_type(ty).map(|words| words.join("|"));
        assert_eq!(words("ENUM('a', 'it''s, so', '')").as_deref(), Some("a|it's, so|"));
        assert_eq!(words("enum('a','b')").as_deref(), Some("a|b"));
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

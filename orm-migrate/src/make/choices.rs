//! The words that a column may have: of an ENUM, or of a CHECK that stands for one.

use orm::dialect::Dialect;
use orm::schema::{ColumnSchema, TableSchema};

use super::names::{literal, quoted};

/// The words of a column, if it may have no others.
pub(super) fn of(table: &TableSchema, column: &ColumnSchema, dialect: &Dialect) -> Option<Vec<String>> {
    of_type(&column.ty).or_else(|| {
        let start = format!("{} IN (", quoted(&column.name, dialect));
        table.checks.iter().find_map(|check| words(check.condition.strip_prefix(&start)?))
    })
}

/// The words of an ENUM.
pub(super) fn of_type(ty: &str) -> Option<Vec<String>> {
    let (word, rest) = ty.split_once('(')?;
    if word.trim().eq_ignore_ascii_case("ENUM") { words(rest) } else { None }
}

/// The type of an ENUM of these words.
pub(super) fn ty(words: &[String], dialect: &Dialect) -> String {
    format!("ENUM({})", list(words, dialect))
}

/// Words in quotes, with commas.
pub(super) fn list(words: &[String], dialect: &Dialect) -> String {
    words.iter().map(|word| literal(word, dialect)).collect::<Vec<_>>().join(", ")
}

/// Texts in quotes with commas between them, until the parenthesis.
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

/// A text up to its quote, and what stands behind it.
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
    use super::of_type;

    #[test]
    fn words_of_types() {
        let words = |ty| of_type(ty).map(|words| words.join("|"));
        assert_eq!(words("ENUM('a', 'it''s, so', '')").as_deref(), Some("a|it's, so|"));
        assert_eq!(words("enum('a','b')").as_deref(), Some("a|b"));
        assert_eq!(words("VARCHAR(20)"), None);
        assert_eq!(words("ENUM('a"), None);
    }
}

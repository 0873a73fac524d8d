//! Columns with a fixed list of values.

use orm_core::dialect::Dialect;
use orm_core::schema::{CheckSchema, ColumnSchema};

use crate::names::{Taken, camel};

/// An enum of text values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    /// The name.
    pub(crate) name: String,
    /// The table and column that it comes from.
    pub(crate) of: String,
    /// The variants with their values.
    pub(crate) variants: Vec<(String, String)>,
}

/// Returns the values of a column: from its type, or from a CHECK that does nothing else, which is then removed from
/// `checks`.
pub(crate) fn words(
    column: &ColumnSchema,
    checks: &mut Vec<CheckSchema>,
    dialect: &Dialect,
) -> Option<Vec<String>> {
    let list = |text: &str| text.strip_suffix(')').map(|list| quoted(list, dialect.backslash_escapes));
    let words = if dialect.ddl.checks_types {
        let words = |check: &CheckSchema| {
            let (name, rest) = split_name(check.condition.trim())?;
            let rest =
                rest.trim_start().strip_prefix("IN").or_else(|| rest.trim_start().strip_prefix("in"))?;
            let words = list(rest.trim_start().strip_prefix('(')?.trim_end())??;
            name.eq_ignore_ascii_case(&column.name).then_some(words)
        };
        let (at, words) = checks.iter().enumerate().find_map(|(at, check)| Some((at, words(check)?)))?;
        checks.remove(at);
        words
    } else {
        let inside = column.ty.get(..5).filter(|start| start.eq_ignore_ascii_case("enum("));
        list(inside.and(column.ty.get(5..))?)??
    };
    (!words.is_empty() && words.iter().all(|word| !word.is_empty())).then_some(words)
}

/// Splits off a name at the start, unquoted.
fn split_name(text: &str) -> Option<(&str, &str)> {
    match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"'),
        None => {
            text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').map(|end| text.split_at(end))
        }
    }
}

/// Parses a comma-separated list of string literals, in which a backslash may escape a character; `None` if there is
/// anything else.
fn quoted(list: &str, backslash_escapes: bool) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = list.trim();
    while let Some(start) = rest.strip_prefix('\'') {
        let mut word = String::new();
        let mut letters = start.char_indices().peekable();
        let end = loop {
            match letters.next()? {
                (_, '\'') if letters.next_if(|&(_, next)| next == '\'').is_some() => word.push('\''),
                (at, '\'') => break at + 1,
                (_, '\\') if backslash_escapes => word.push(letters.next()?.1),
                (_, letter) => word.push(letter),
            }
        };
        words.push(word);
        rest = start[end..].trim_start();
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => return rest.is_empty().then_some(words),
        }
    }
    None
}

/// Returns the enum for a column with these values.
pub(crate) fn choice(model: &str, column: &str, of: String, words: Vec<String>, types: &mut Taken) -> Choice {
    let mut variants = Taken::types();
    let variants = words.into_iter().map(|word| (variants.free_type(&camel(&word)), word));
    Choice { name: types.free_type(&format!("{model}{}", camel(column))), of, variants: variants.collect() }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn lists_of_words() {
        assert_eq!(quoted("'a', 'it''s', 'b,c'", true).unwrap_or_default(), ["a", "it's", "b,c"]);
        assert_eq!(quoted(r"'a\\b'", true).unwrap_or_default(), [r"a\b"]);
        assert_eq!(quoted(r"'a\b'", false).unwrap_or_default(), [r"a\b"]);
        assert_eq!(quoted("'a', 3", true), None);
        assert_eq!(quoted("'a", true), None);
        assert_eq!(quoted("", true), None);
    }
}

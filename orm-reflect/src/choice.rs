//! Columns with a fixed list of values.

use orm_core::dialect::Dialect;
use orm_core::schema::{CheckSchema, ColumnSchema, literals, unquoted};

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
    let escapes = dialect.backslash_escapes;
    let list = |list: &str| {
        let (words, _) = literals(list, escapes).filter(|(_, rest)| rest.trim().is_empty())?;
        Some(words.into_iter().map(|word| unquoted(word, escapes)).collect::<Vec<_>>())
    };
    let words = if dialect.ddl.checks_types {
        let words = |check: &CheckSchema| {
            let (name, rest) = split_name(check.condition.trim())?;
            let rest =
                rest.trim_start().strip_prefix("IN").or_else(|| rest.trim_start().strip_prefix("in"))?;
            let words = list(rest.trim_start().strip_prefix('(')?)?;
            name.eq_ignore_ascii_case(&column.name).then_some(words)
        };
        let (at, words) = checks.iter().enumerate().find_map(|(at, check)| Some((at, words(check)?)))?;
        checks.remove(at);
        words
    } else {
        let inside = column.ty.get(..5).filter(|start| start.eq_ignore_ascii_case("enum("));
        list(inside.and(column.ty.get(5..))?)?
    };
    words.iter().all(|word| !word.is_empty()).then_some(words)
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

/// Returns the enum for a column with these values.
pub(crate) fn choice(model: &str, column: &str, of: String, words: Vec<String>, types: &mut Taken) -> Choice {
    let mut variants = Taken::types();
    let variants = words.into_iter().map(|word| (variants.free_type(&camel(&word)), word));
    Choice { name: types.free_type(&format!("{model}{}", camel(column))), of, variants: variants.collect() }
}

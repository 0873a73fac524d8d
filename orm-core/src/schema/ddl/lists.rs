//! Lists of names, and of the parts of indexes.

use crate::dialect::Dialect;
use crate::schema::KeyPart;

/// Quotes names and joins them with commas.
pub(in crate::schema) fn list<'a>(names: impl IntoIterator<Item = &'a String>, dialect: &Dialect) -> String {
    let names: Vec<String> = names.into_iter().map(|name| dialect.identifier(name)).collect();
    names.join(", ")
}

/// Returns the parts of an index, separated by commas.
pub(in crate::schema) fn parts(parts: &[KeyPart], dialect: &Dialect) -> String {
    parts.iter().map(|part| self::part(part, dialect)).collect::<Vec<_>>().join(", ")
}

fn part(part: &KeyPart, dialect: &Dialect) -> String {
    match part {
        KeyPart::Named { name, prefix: None } => dialect.identifier(name),
        KeyPart::Named { name, prefix: Some(prefix) } => format!("{}({prefix})", dialect.identifier(name)),
        KeyPart::Expression(expression) => dialect.ddl.indexed_expression.replace("{}", expression),
        KeyPart::Descending(over) => format!("{} DESC", self::part(over, dialect)),
    }
}

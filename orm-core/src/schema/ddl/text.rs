//! Identifiers and string literals.

use crate::dialect::Dialect;
use crate::render::quote;
use crate::schema::{KeyPart, TableName};

/// Quotes names and joins them with commas.
pub(in crate::schema) fn list<'a>(names: impl IntoIterator<Item = &'a String>, dialect: &Dialect) -> String {
    let names: Vec<String> = names.into_iter().map(|name| quote(name, dialect.quote)).collect();
    names.join(", ")
}

/// Quotes a name.
pub(in crate::schema) fn quoted(name: &str, dialect: &Dialect) -> String {
    quote(name, dialect.quote)
}

/// Quotes the name of a table.
pub(in crate::schema) fn table(name: &TableName, dialect: &Dialect) -> String {
    let table = quote(&name.name, dialect.quote);
    name.schema
        .as_ref()
        .map_or_else(|| table.clone(), |schema| format!("{}.{table}", quote(schema, dialect.quote)))
}

/// Returns the parts of an index, separated by commas.
pub(in crate::schema) fn parts(parts: &[KeyPart], dialect: &Dialect) -> String {
    parts.iter().map(|part| self::part(part, dialect)).collect::<Vec<_>>().join(", ")
}

fn part(part: &KeyPart, dialect: &Dialect) -> String {
    match part {
        KeyPart::Named { name, prefix: None } => quote(name, dialect.quote),
        KeyPart::Named { name, prefix: Some(prefix) } => format!("{}({prefix})", quote(name, dialect.quote)),
        KeyPart::Expression(expression) => dialect.ddl.indexed_expression.replace("{}", expression),
        KeyPart::Descending(over) => format!("{} DESC", self::part(over, dialect)),
    }
}

/// Returns a string literal.
pub(in crate::schema) fn literal(text: &str, dialect: &Dialect) -> String {
    let text = text.replace('\'', "''");
    if dialect.backslash_escapes { format!("'{}'", text.replace('\\', "\\\\")) } else { format!("'{text}'") }
}

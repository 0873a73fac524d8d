//! Identifiers and string literals.

use orm::dialect::Dialect;
use orm::schema::TableName;

/// Quotes a name.
pub(crate) fn quoted(name: &str, dialect: &Dialect) -> String {
    let quote = dialect.quote;
    format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")))
}

/// Returns a string literal.
pub(crate) fn literal(text: &str, dialect: &Dialect) -> String {
    let text = text.replace('\'', "''");
    if dialect.backslash_escapes { format!("'{}'", text.replace('\\', "\\\\")) } else { format!("'{text}'") }
}

/// Quotes the name of a table, with its schema if that is not the connection's own.
pub(crate) fn table(name: &TableName, dialect: &Dialect) -> String {
    let table = quoted(&name.name, dialect);
    match &name.schema {
        Some(schema) => format!("{}.{table}", quoted(schema, dialect)),
        None => table,
    }
}

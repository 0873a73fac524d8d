//! Names and texts as SQL writes them.

use orm::dialect::Dialect;
use orm::schema::TableName;

/// A name in quotes.
pub(super) fn quoted(name: &str, dialect: &Dialect) -> String {
    let quote = dialect.quote;
    format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")))
}

/// A text in quotes.
pub(super) fn literal(text: &str, dialect: &Dialect) -> String {
    let text = text.replace('\'', "''");
    if dialect.backslash_escapes { format!("'{}'", text.replace('\\', "\\\\")) } else { format!("'{text}'") }
}

/// The name of a table in quotes, with that of its schema if it is not the connection's own.
pub(super) fn table(name: &TableName, dialect: &Dialect) -> String {
    let table = quoted(&name.name, dialect);
    match &name.schema {
        Some(schema) => format!("{}.{table}", quoted(schema, dialect)),
        None => table,
    }
}

//! Identifiers and string literals in SQL text.

use super::Dialect;
use crate::render::quote;
use crate::schema::TableName;

impl Dialect {
    /// Quotes an identifier, such as the name of a column, for SQL text of your own.
    ///
    /// ```
    /// use orm::dialect::{MYSQL, SQLITE};
    /// assert_eq!(MYSQL.identifier("it`s"), "`it``s`");
    /// assert_eq!(SQLITE.identifier("it`s"), "\"it`s\"");
    /// ```
    #[must_use]
    pub fn identifier(&self, name: &str) -> String {
        quote(name, self.quote)
    }

    /// Quotes the name of a table, with its schema if it has one.
    ///
    /// ```
    /// use orm::dialect::MYSQL;
    /// use orm::schema::TableName;
    /// let name = TableName { schema: Some("shop".into()), name: "users".into() };
    /// assert_eq!(MYSQL.table_name(&name), "`shop`.`users`");
    /// ```
    #[must_use]
    pub fn table_name(&self, name: &TableName) -> String {
        let table = self.identifier(&name.name);
        match &name.schema {
            Some(schema) => format!("{}.{table}", self.identifier(schema)),
            None => table,
        }
    }

    /// Returns a text as a string literal, where a statement can have no parameter: in CREATE TABLE, for example.
    ///
    /// ```
    /// use orm::dialect::{MYSQL, SQLITE};
    /// assert_eq!(MYSQL.string_literal(r"it's a \"), r"'it''s a \\'");
    /// assert_eq!(SQLITE.string_literal(r"it's a \"), r"'it''s a \'");
    /// ```
    #[must_use]
    pub fn string_literal(&self, text: &str) -> String {
        let text = text.replace('\'', "''");
        if self.backslash_escapes { format!("'{}'", text.replace('\\', r"\\")) } else { format!("'{text}'") }
    }
}

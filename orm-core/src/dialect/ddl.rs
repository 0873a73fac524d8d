//! How tables are created.

use super::Template;
use crate::schema::ColumnDef;

/// How tables are created.
#[derive(Debug, Clone, Copy)]
pub struct Ddl {
    /// The type of a column.
    pub column_type: fn(&ColumnDef) -> String,
    /// A type in the words of which there is one for all that the database stores in the same way.
    pub normal_type: fn(&str) -> String,
    /// The collation by which exact numbers are compared, where they are texts; empty if they are not.
    pub numeric_collation: &'static str,
    /// The name that a collation has here: `None` if there is nothing like it.
    pub collation: fn(&str) -> Option<&str>,
    /// What follows the type of a column that the server counts up.
    pub auto: &'static str,
    /// Whether the type and words of such a column make it the primary key by themselves.
    pub auto_is_key: bool,
    /// Whether creating, changing or dropping a table commits the open transaction.
    pub commits: bool,
    /// The engine and the character set of tables that do not say it, where there is a choice.
    pub storage: Option<(&'static str, &'static str)>,
    /// Whether lengths, precisions and lists of words are checked only if a CHECK says so.
    pub checks_types: bool,
    /// Whether indexes are part of CREATE TABLE.
    pub inline_indexes: bool,
    /// Whether a foreign key may lead into another schema. Where not, the name of its parent has none.
    pub keys_across_schemas: bool,
    /// Whether the server makes an index for each foreign key by itself.
    pub indexes_foreign_keys: bool,
    /// Whether indexes can have a condition.
    pub partial_indexes: bool,
    /// Whether indexes can be over the first characters of a text. Where not, they are over all of it, and unique keys
    /// over an expression.
    pub prefix_indexes: bool,
    /// Whether there are full-text indexes. Where not, they are left out.
    pub full_text: bool,
    /// How an expression is written that an index is over; empty if there is nothing like it.
    pub indexed_expression: Template,
    /// Whether tables and columns can have comments.
    pub comments: bool,
    /// Whether conditions, and what is computed, follow a column that gets another name.
    pub expressions_follow: bool,
    /// What stands before and behind the statements that build a table anew, where a table cannot be changed in place.
    pub rebuild: Option<[&'static str; 2]>,
    /// What stands before and behind the one of them that renames the new table, so that views may name the old one.
    pub rename_rebuilt: [&'static str; 2],
    /// Foreign keys of tables that point at one another.
    pub late_keys: LateKeys,
}

/// Foreign keys of tables that point at one another. In the templates, `{schema}`, `{table}` and `{key}` are the names as
/// texts, and `{on}` and `{name}` are those of the table and the key in quotes.
#[derive(Debug, Clone, Copy)]
pub struct LateKeys {
    /// Whether a key can only point at a table that is there, so that it is added once it is.
    pub added: bool,
    /// A query that has a row if the key is there.
    pub exists: Template,
    /// What lets the tables be dropped, if the key is there: `{nulls}` sets its columns to NULL.
    pub release: Template,
}

//! The DDL of a dialect.

use super::Template;
use crate::schema::ColumnDef;

/// How tables are created.
#[derive(Debug, Clone, Copy)]
pub struct Ddl {
    /// Returns the type of a column.
    pub column_type: fn(&ColumnDef) -> String,
    /// Normalizes the name of a type: types that the database stores in the same way have the same result.
    pub normal_type: fn(&str) -> String,
    /// The collation that compares exact numbers, where they are stored as text; empty otherwise.
    pub numeric_collation: &'static str,
    /// Returns the name of a collation in this database, or `None` if it has nothing equivalent.
    pub collation: fn(&str) -> Option<&str>,
    /// The words after the type of an auto-increment column.
    pub auto: &'static str,
    /// Whether the type and these words alone make such a column the primary key.
    pub auto_is_key: bool,
    /// Whether creating, changing or dropping a table commits the open transaction.
    pub commits: bool,
    /// The default storage engine and character set of tables, where there is a choice.
    pub storage: Option<(&'static str, &'static str)>,
    /// Whether lengths, precisions and the values of enums are enforced only by a CHECK.
    pub checks_types: bool,
    /// Whether indexes are part of CREATE TABLE.
    pub inline_indexes: bool,
    /// Whether a foreign key may reference a table in another schema. If not, the parent's name is written without
    /// one.
    pub keys_across_schemas: bool,
    /// Whether the server creates an index for each foreign key.
    pub indexes_foreign_keys: bool,
    /// Whether there are partial indexes.
    pub partial_indexes: bool,
    /// Whether there are prefix indexes on text. If not, indexes cover the whole text, and unique keys an expression.
    pub prefix_indexes: bool,
    /// Whether an index can be in descending order. If not, DESC is ignored.
    pub descending_indexes: bool,
    /// Whether there are full-text indexes. If not, they are left out.
    pub full_text: bool,
    /// How an indexed expression is written; empty if there are no such indexes.
    pub indexed_expression: Template,
    /// Whether tables and columns can have comments.
    pub comments: bool,
    /// Whether checks and generated columns follow a column that is renamed.
    pub expressions_follow: bool,
    /// The statements before and after those that rebuild a table, where it cannot be altered in place.
    pub rebuild: Option<[&'static str; 2]>,
    /// The statements before and after the one that renames the rebuilt table, so that views may refer to the old
    /// one.
    pub rename_rebuilt: [&'static str; 2],
    /// The statement that lets the new table of a rebuilt one continue its auto-increment counter: with the quoted schema and
    /// a dot for `{in}`, and the names of both tables as texts for `{old}` and `{new}`.
    pub keep_counter: Template,
    /// Foreign keys of tables that reference each other.
    pub late_keys: LateKeys,
}

/// Foreign keys of tables that reference each other. In the templates, `{schema}`, `{table}` and `{key}` are the
/// names as texts, and `{on}` and `{name}` are the quoted names of the table and the key.
#[derive(Debug, Clone, Copy)]
pub struct LateKeys {
    /// Whether a key can only reference an existing table, so that it is added once that exists.
    pub added: bool,
    /// A query that returns a row if the key exists.
    pub exists: Template,
    /// The statements that allow the tables to be dropped, if the key exists; `{nulls}` sets its columns to NULL.
    pub release: Template,
}

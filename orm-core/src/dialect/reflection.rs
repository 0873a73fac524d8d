//! The queries of schema reflection.

use super::Template;
use crate::schema::{IndexSchema, TableSchema};

/// How a database's schema is read: one query for each kind of object. In the queries, `{schema}` is the name of the
/// schema as a text, or NULL for the connection's own, and `{in}` is that name, quoted and followed by a dot, or
/// nothing. The query is empty for a kind that the database does not have.
#[derive(Debug, Clone, Copy)]
pub struct Reflection {
    /// Tables and views: name, whether it is a view, engine, character set, collation, comment, definition, whether
    /// the definition has to be asked for, since nothing else reveals the parsers of full-text indexes, or which column of
    /// MariaDB a check belongs to that has kept the name of a renamed one.
    pub tables: Template,
    /// Columns in order: table, name, type, whether nullable, whether auto-increment, its number in the primary key
    /// or 0, default, its value on update, expression that computes it, whether that is stored, collation, comment,
    /// its own CHECK.
    pub columns: Template,
    /// The parts of indexes in order, without primary keys: table, index, whether unique, whether full-text, column,
    /// prefix, expression, whether descending, definition.
    pub indexes: Template,
    /// The definition of the table `{table}`, in the second column, for tables that need it.
    pub definition: Template,
    /// The columns of foreign keys in order: table, key, column, referenced schema, table and column, ON DELETE, ON
    /// UPDATE.
    pub foreign_keys: Template,
    /// Checks: table, name, condition.
    pub checks: Template,
    /// Other things that a table has and no model can express: table, description.
    pub beside: Template,
    /// The names of procedures and functions.
    pub routines: Template,
    /// Adds what only the definition of a table reveals, and removes what the server reports in another way.
    pub finish: fn(&mut TableSchema, Option<&str>),
    /// Adds what only the definition of an index reveals.
    pub finish_index: fn(&mut IndexSchema, Option<&str>),
}

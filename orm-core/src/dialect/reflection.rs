//! How a database is asked what is in it.

use super::Template;
use crate::schema::{IndexSchema, TableSchema};

/// How a database is asked what is in it: a query for each kind of thing. In the queries, `{schema}` is the name of the
/// schema as a text, or NULL for the connection's own, and `{in}` is that name in quotes with a point, or nothing. What
/// there is none of has an empty query.
#[derive(Debug, Clone, Copy)]
pub struct Reflection {
    /// Tables and views: name, whether it is a view, engine, character set, collation, comment, definition.
    pub tables: Template,
    /// Columns in order: table, name, type, whether it may be NULL, whether it is counted up, its number in the primary key
    /// or 0, default, what it is set to when its row is changed, expression that computes it, whether that is stored, collation, comment,
    /// its own condition.
    pub columns: Template,
    /// The parts of indexes in order, without primary keys: table, index, whether it is unique, whether it is a full-text index,
    /// column, prefix, expression, whether it descends, definition.
    pub indexes: Template,
    /// The definition of the table `{table}`, in the second column: it is asked for where there is a full-text index, since nothing
    /// else tells its parser.
    pub definition: Template,
    /// The columns of foreign keys in order: table, key, column, schema, table and column that it points at, ON DELETE, ON
    /// UPDATE.
    pub foreign_keys: Template,
    /// Checks: table, name, condition.
    pub checks: Template,
    /// What else a table has, which no model says: table, a few words.
    pub beside: Template,
    /// The names of procedures and functions.
    pub routines: Template,
    /// Adds what only the definition of a table says, and takes away what the server says in another way.
    pub finish: fn(&mut TableSchema, Option<&str>),
    /// Adds what only the definition of an index says.
    pub finish_index: fn(&mut IndexSchema, Option<&str>),
}

//! Attempts to run a statement.

use orm_core::driver::{Sink, Summary};
use orm_core::syntax::Statement;

use crate::bind::Bind;
use crate::cells::{Buffer, push_columns, push_rows};

/// The outcome of an attempt to run a statement.
pub(crate) enum Attempt {
    Done(Summary),
    /// It writes, and the write lock is not held.
    Writes,
    /// Another process holds SQLite's lock.
    Busy(rusqlite::Error),
}

/// Runs a statement, unless it writes and may not: outside a transaction it needs the write lock, which a transaction
/// already has.
pub(crate) fn attempt(
    connection: &rusqlite::Connection,
    statement: &Statement,
    may_write: bool,
    buffer: &mut Buffer,
    sink: &mut dyn Sink,
) -> rusqlite::Result<Attempt> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let writes = !prepared.readonly();
    if writes && !may_write && connection.is_autocommit() {
        return Ok(Attempt::Writes);
    }
    let placeholders = prepared.parameter_count();
    if placeholders != statement.params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(statement.params.len(), placeholders));
    }
    for (index, value) in statement.params.iter().enumerate() {
        prepared.raw_bind_parameter(index + 1, Bind(value))?;
    }
    let before = if writes { connection.total_changes() } else { 0 };
    push_columns(&prepared, sink);
    let width = prepared.column_count();
    push_rows(&mut prepared.raw_query(), width, buffer, sink)?;
    // `changes` keeps its value after statements that change nothing, such as DDL.
    let changed = writes && connection.total_changes() != before;
    let affected = if changed { connection.changes() } else { 0 };
    let key = (changed && is_insert(&statement.sql)).then(|| connection.last_insert_rowid());
    Ok(Attempt::Done(Summary { affected, last_insert_id: key.and_then(|key| u64::try_from(key).ok()) }))
}

/// Returns whether it is an insert: SQLite reports the key of the last row that any earlier statement inserted.
fn is_insert(sql: &str) -> bool {
    let word = sql.split_ascii_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case("insert") || word.eq_ignore_ascii_case("replace")
}

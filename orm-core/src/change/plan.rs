//! Splitting rows into statements.

use std::sync::Arc;

use crate::dialect::Dialect;
use crate::schema::Table;
use crate::scoped::{Scope, fill};
use crate::syntax::{Insert, NewRows, Node};

/// More rows than this in one statement gain nothing and cost memory.
pub(super) const MAX_ROWS: usize = 5_000;

/// The limits of one statement.
struct Limits {
    rows: usize,
    values: usize,
    bytes: usize,
}

/// Splits rows, each with a node per column of `table`, into statements that the server accepts: by the number of
/// values, by size, and where rows leave different columns to the server. Values from scopes are filled in first.
pub(crate) fn plan(
    table: &'static Table,
    values: Vec<Node>,
    dialect: &Dialect,
    scopes: &[Arc<Scope>],
) -> Vec<Insert> {
    let limits = Limits { rows: MAX_ROWS, values: dialect.max_params, bytes: dialect.max_bytes };
    split(table, values, &limits, scopes)
}

/// Splits rows only where they leave different columns to the server: for files, which may be of any size.
pub(super) fn plan_files(table: &'static Table, values: Vec<Node>, scopes: &[Arc<Scope>]) -> Vec<Insert> {
    split(table, values, &Limits { rows: usize::MAX, values: usize::MAX, bytes: usize::MAX }, scopes)
}

fn split(
    table: &'static Table,
    mut values: Vec<Node>,
    limits: &Limits,
    scopes: &[Arc<Scope>],
) -> Vec<Insert> {
    fill(scopes, table, &mut values);
    let width = table.columns.len();
    let parts = cut(values.chunks_exact(width), limits);
    let parts: Vec<_> = parts.into_iter().map(|part| (part.columns, part.rows)).collect();
    let mut inserts = Vec::with_capacity(parts.len());
    // From the last one, so that each part is moved at most once, and a part that is the whole is never moved.
    for (columns, rows) in parts.into_iter().rev() {
        let start = values.len() - rows * width;
        let mut given = if start == 0 { std::mem::take(&mut values) } else { values.split_off(start) };
        if columns.len() < width {
            given.retain(|node| !is_left(node));
        }
        let rows = NewRows::Values(given);
        inserts.push(Insert { table, columns, rows, returning: Vec::new(), conflict: None });
    }
    inserts.reverse();
    inserts
}

/// The rows of one statement.
struct Part<'n> {
    /// The columns that they do not leave to the server.
    columns: Vec<u16>,
    /// The first row, which determines these columns.
    first: &'n [Node],
    rows: usize,
    bytes: usize,
}

impl<'n> Part<'n> {
    fn of(row: &'n [Node]) -> Self {
        Part { columns: given(row).collect(), first: row, rows: 1, bytes: row.iter().map(size).sum() }
    }

    /// Adds a row, if it leaves the same columns to the server and there is room.
    fn take(&mut self, row: &[Node], limits: &Limits) -> bool {
        // Not every backend has a multi-row form for rows of nothing but defaults.
        if self.columns.is_empty()
            || self.rows >= limits.rows
            || (self.rows + 1) * self.columns.len() > limits.values
        {
            return false;
        }
        let mut bytes = self.bytes;
        for (node, first) in row.iter().zip(self.first) {
            if is_left(node) != is_left(first) {
                return false;
            }
            bytes += size(node);
        }
        if bytes > limits.bytes {
            return false;
        }
        self.bytes = bytes;
        self.rows += 1;
        true
    }
}

/// Determines how many rows go into each statement.
fn cut<'n>(rows: impl Iterator<Item = &'n [Node]>, limits: &Limits) -> Vec<Part<'n>> {
    let mut parts: Vec<Part<'n>> = Vec::new();
    for row in rows {
        if !parts.last_mut().is_some_and(|part| part.take(row, limits)) {
            parts.push(Part::of(row));
        }
    }
    parts
}

/// The positions of the columns that a row does not leave to the server.
pub(super) fn given(row: &[Node]) -> impl Iterator<Item = u16> {
    (0u16..).zip(row).filter(|(_, node)| !is_left(node)).map(|(column, _)| column)
}

/// Whether a column is left to the server.
fn is_left(node: &Node) -> bool {
    matches!(node, Node::Default)
}

/// The approximate size in bytes.
pub(super) fn size(node: &Node) -> usize {
    match node {
        Node::Value(value) => value.size(),
        _ => 64,
    }
}

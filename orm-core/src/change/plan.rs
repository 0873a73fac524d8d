//! How rows become statements.

use std::sync::Arc;

use crate::dialect::Dialect;
use crate::schema::Table;
use crate::scoped::{Scope, fill};
use crate::syntax::{Insert, NewRows, Node};

/// Rows beyond this number gain nothing from standing in one statement, and cost memory.
pub(super) const MAX_ROWS: usize = 5_000;

/// How much one statement takes.
struct Limits {
    rows: usize,
    values: usize,
    bytes: usize,
}

/// Splits rows, each with a node per column of `table`, into statements that the server takes: by the number of
/// values, by size, and where rows leave different columns to the server. What scopes say of them is filled in first.
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
    let mut inserts = Vec::with_capacity(parts.len());
    // From the last on, so that each part is moved once at most, and one that is all of them never.
    for Part { columns, rows, .. } in parts.into_iter().rev() {
        let start = values.len() - rows * width;
        let mut given = if start == 0 { std::mem::take(&mut values) } else { values.split_off(start) };
        given.retain(|node| !matches!(node, Node::Default));
        let rows = NewRows::Values(given);
        inserts.push(Insert { table, columns, rows, returning: Vec::new(), conflict: None });
    }
    inserts.reverse();
    inserts
}

/// Rows for one statement.
struct Part {
    /// The columns that they do not leave to the server.
    columns: Vec<u16>,
    rows: usize,
    bytes: usize,
}

impl Part {
    /// Whether a further row has room.
    fn takes(&self, row: &[Node], bytes: usize, limits: &Limits) -> bool {
        // A row of nothing but defaults has no multi-row form on every backend.
        !self.columns.is_empty()
            && self.rows < limits.rows
            && (self.rows + 1) * self.columns.len() <= limits.values
            && self.bytes + bytes <= limits.bytes
            && given(row).eq(self.columns.iter().copied())
    }
}

/// How many rows go into each statement.
fn cut<'n>(rows: impl Iterator<Item = &'n [Node]>, limits: &Limits) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for row in rows {
        let bytes = row.iter().map(size).sum();
        match parts.last_mut() {
            Some(part) if part.takes(row, bytes, limits) => {
                part.rows += 1;
                part.bytes += bytes;
            }
            _ => parts.push(Part { columns: given(row).collect(), rows: 1, bytes }),
        }
    }
    parts
}

/// The positions of the columns that a row does not leave to the server.
pub(super) fn given(row: &[Node]) -> impl Iterator<Item = u16> {
    (0u16..).zip(row).filter(|(_, node)| !matches!(node, Node::Default)).map(|(column, _)| column)
}

/// About how many bytes it takes.
pub(super) fn size(node: &Node) -> usize {
    match node {
        Node::Value(value) => value.size(),
        _ => 64,
    }
}

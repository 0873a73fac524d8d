//! How rows become statements.

use std::sync::Arc;

use crate::dialect::Dialect;
use crate::schema::Table;
use crate::scoped::{Scope, fill};
use crate::syntax::{Insert, NewRows, Node};

/// Rows beyond this number gain nothing from standing in one statement, and cost memory.
const MAX_ROWS: usize = 5_000;

/// Splits rows, each with a node per column of `table`, into statements that the server takes: by the number of
/// values, by size, and where rows leave different columns to the server. What scopes say of them is filled in first.
pub(crate) fn plan(
    table: &'static Table,
    mut values: Vec<Node>,
    dialect: &Dialect,
    scopes: &[Arc<Scope>],
) -> Vec<Insert> {
    fill(scopes, table, &mut values);
    let width = table.columns.len();
    let mut statements: Vec<Insert> = Vec::new();
    let mut bytes = 0;
    let mut rows = 0;
    let mut values = values.into_iter();
    let mut row: Vec<Node> = Vec::with_capacity(width);
    loop {
        row.clear();
        row.extend(values.by_ref().take(width));
        if row.is_empty() {
            return statements;
        }
        let size: usize = row.iter().map(size).sum();
        let room = statements.last().is_some_and(|insert| {
            // A row of nothing but defaults has no multi-row form on every backend.
            !insert.columns.is_empty()
                && rows < MAX_ROWS
                && (rows + 1) * insert.columns.len() <= dialect.max_params
                && bytes + size <= dialect.max_bytes
                && same_columns(&insert.columns, &row)
        });
        if !room {
            let left = values.len() / width + 1;
            statements.push(start(table, &row, left.min(MAX_ROWS)));
            (bytes, rows) = (0, 0);
        }
        if let Some(Insert { rows: NewRows::Values(values), .. }) = statements.last_mut() {
            values.extend(row.drain(..).filter(|node| !matches!(node, Node::Default)));
        }
        bytes += size;
        rows += 1;
    }
}

fn start(table: &'static Table, row: &[Node], rows: usize) -> Insert {
    let columns: Vec<u16> = given(row).collect();
    let values = Vec::with_capacity(columns.len() * rows);
    Insert { table, columns, rows: NewRows::Values(values), returning: false, conflict: None }
}

fn same_columns(columns: &[u16], row: &[Node]) -> bool {
    given(row).eq(columns.iter().copied())
}

/// The positions of the columns that a row does not leave to the server.
pub(super) fn given(row: &[Node]) -> impl Iterator<Item = u16> {
    (0u16..).zip(row).filter(|(_, node)| !matches!(node, Node::Default)).map(|(column, _)| column)
}

fn size(node: &Node) -> usize {
    match node {
        Node::Value(value) => value.size(),
        _ => 64,
    }
}

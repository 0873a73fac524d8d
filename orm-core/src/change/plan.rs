//! How rows become statements.

use std::sync::Arc;

use crate::dialect::Dialect;
use crate::schema::Table;
use crate::scoped::{Scope, fill};
use crate::syntax::{Insert, NewRows, Node};

/// Rows beyond this number gain nothing from standing in one statement, and cost memory.
const MAX_ROWS: usize = 5_000;

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
                && rows < limits.rows
                && (rows + 1) * insert.columns.len() <= limits.values
                && bytes + size <= limits.bytes
                && same_columns(&insert.columns, &row)
        });
        if !room {
            let left = values.len() / width + 1;
            statements.push(start(table, &row, left.min(limits.rows)));
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
    Insert { table, columns, rows: NewRows::Values(values), returning: Vec::new(), conflict: None }
}

fn same_columns(columns: &[u16], row: &[Node]) -> bool {
    given(row).eq(columns.iter().copied())
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

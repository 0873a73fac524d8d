//! Inserts from a query that return their rows. Without RETURNING, the result of the query is read, inserted and read
//! back in one transaction.

use std::panic::Location;

use super::fetch;
use super::insert::insert_and_read;
use crate::change::plan::plan;
use crate::driver::{Flow, Sink};
use crate::error::Result;
use crate::model::Model;
use crate::session::Lease;
use crate::syntax::{Command, Insert, Lock, NewRows, Node, Strength};
use crate::value::Cell;

/// Runs an insert from a query and returns its rows as stored.
pub(in crate::change) async fn insert_from<T: Model>(
    lease: &mut Lease<'_>,
    insert: Insert,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    if lease.dialect().insert_returning {
        return whole_rows(lease, insert, at).await;
    }
    let own = lease.begin_if_many(2).await?;
    let mut rows = Vec::new();
    for statement in with_values(lease, insert, at).await? {
        rows.extend(insert_and_read::<T>(lease, statement, at).await?);
    }
    lease.commit_if(own).await?;
    Ok(rows)
}

/// Runs one insert with RETURNING of every column: of a query's rows, the client does not even know the number.
pub(super) async fn whole_rows<T: Model>(
    lease: &mut Lease<'_>,
    mut insert: Insert,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    insert.returning = (0..insert.table.width()).collect();
    fetch(lease, Command::Insert(Box::new(insert)), at).await
}

/// Converts the insert into one of values: its query is run, within the open transaction.
pub(super) async fn with_values(
    lease: &mut Lease<'_>,
    insert: Insert,
    at: &'static Location<'static>,
) -> Result<Vec<Insert>> {
    let Insert { table, columns, rows, conflict, .. } = insert;
    let mut select = match rows {
        NewRows::Select(select) => select,
        NewRows::Values(_) => {
            return Ok(vec![Insert { table, columns, rows, conflict, returning: Vec::new() }]);
        }
    };
    // The server locks the rows that an INSERT … SELECT reads, too.
    select.lock.get_or_insert_with(|| Box::new(Lock { strength: Some(Strength::Share), ..Lock::default() }));
    let mut found = Found { columns: &columns, width: table.columns.len(), nodes: Vec::new() };
    lease.run(Command::Select(select), &mut found, at).await?;
    let mut statements = plan(table, found.nodes, lease.dialect(), lease.scopes());
    for statement in &mut statements {
        statement.conflict.clone_from(&conflict);
    }
    Ok(statements)
}

/// Collects the query's rows as rows to insert.
struct Found<'a> {
    /// The columns that the query returns.
    columns: &'a [u16],
    /// The number of columns of the table.
    width: usize,
    /// One node per column of the table, row by row.
    nodes: Vec<Node>,
}

impl Sink for Found<'_> {
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        let start = self.nodes.len();
        self.nodes.resize(start + self.width, Node::Default);
        for (&column, cell) in self.columns.iter().zip(cells) {
            let value = std::mem::replace(cell, Cell::Null).into_datum();
            self.nodes[start + usize::from(column)] = Node::Value(value);
        }
        Flow::Continue
    }
}

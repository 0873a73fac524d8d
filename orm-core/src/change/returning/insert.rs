//! The rows of an insert.

use std::panic::Location;

use super::fetch;
use super::read_back::read_back;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::schema::Table;
use crate::session::{Lease, column_of};
use crate::syntax::{Command, Insert, NewRows, Node};
use crate::value::{Cells, Datum};

/// Runs one insert and adds its rows, as they are stored, to `rows`.
pub(crate) async fn insert<T: Model>(
    lease: &mut Lease<'_>,
    mut insert: Insert,
    rows: &mut Vec<T>,
    at: &'static Location<'static>,
) -> Result<()> {
    if lease.dialect().insert_returning {
        insert.returning = true;
        let stored = fetch::<T>(lease, Command::Insert(insert), at).await?;
        rows.extend(stored);
        return Ok(());
    }
    let sent = send(lease, insert, at).await?;
    if sent.is_complete(T::table()) {
        for row in sent.rows {
            rows.push(from_values::<T>(row)?);
        }
        return Ok(());
    }
    rows.extend(read_sent(lease, sent, at).await?);
    Ok(())
}

/// Runs one insert without RETURNING, and reads its rows back, whatever is known of them.
pub(super) async fn insert_and_read<T: Model>(
    lease: &mut Lease<'_>,
    insert: Insert,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let sent = send(lease, insert, at).await?;
    read_sent(lease, sent, at).await
}

async fn send(lease: &mut Lease<'_>, insert: Insert, at: &'static Location<'static>) -> Result<Sent> {
    let table = insert.table;
    let mut sent = Sent::of(&insert);
    let summary = lease.run(Command::Insert(insert), &mut (), at).await?;
    sent.number(table, summary.last_insert_id, lease.dialect().auto_increment);
    Ok(sent)
}

async fn read_sent<T: Model>(
    lease: &mut Lease<'_>,
    sent: Sent,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let keys = sent.rows.into_iter().map(|row| key(T::table(), row)).collect::<Result<Vec<_>>>()?;
    read_back(lease, T::table().primary_key, keys, at).await
}

/// The rows of an insert as far as the client knows them.
struct Sent {
    /// A value per column of the table; `None` where only the server knows it.
    rows: Vec<Vec<Option<Datum>>>,
}

impl Sent {
    fn of(insert: &Insert) -> Self {
        let width = insert.columns.len();
        let NewRows::Values(values) = &insert.rows else { return Sent { rows: Vec::new() } };
        let mut rows = vec![vec![None; insert.table.columns.len()]; insert.count().unwrap_or_default()];
        for (position, node) in values.iter().enumerate() {
            if let Node::Value(value) = node {
                let column = usize::from(insert.columns[position % width]);
                rows[position / width][column] = Some(value.clone());
            }
        }
        Sent { rows }
    }

    /// Fills in the keys that the server counted up: consecutive, since no row of the insert had one of its own.
    fn number(&mut self, table: &Table, first: Option<u64>, step: u64) {
        let (Some((column, _)), Some(first)) = (table.auto_column(), first) else { return };
        for (row, number) in self.rows.iter_mut().zip(0u64..) {
            row[column].get_or_insert(Datum::UInt(first + number * step));
        }
    }

    /// Whether the client knows all that is stored. A type of the user's own may store something else than it was sent.
    fn is_complete(&self, table: &Table) -> bool {
        table.columns.iter().all(|column| column.sql_type.is_none() && column.generated.is_none())
            && self.rows.iter().all(|row| row.iter().all(Option::is_some))
    }
}

fn from_values<T: Model>(row: Vec<Option<Datum>>) -> Result<T> {
    let row: Vec<Datum> = row.into_iter().flatten().collect();
    let mut cells: Vec<_> = row.into_iter().map(Datum::into_cell).collect();
    T::read(&mut Cells::new(&mut cells)).map_err(|fault| column_of(T::table(), fault.index).error(&fault))
}

/// The key of a sent row.
fn key(table: &'static Table, mut row: Vec<Option<Datum>>) -> Result<Vec<Datum>> {
    let parts = table.primary_key.iter();
    parts.map(|&part| row[usize::from(part)].take().ok_or_else(|| nothing_back(table))).collect()
}

#[cold]
pub(in crate::change) fn nothing_back(table: &Table) -> Error {
    let message =
        format!("the inserted `{}` cannot be read back: its key is not known to the client", table.model);
    Error::new(ErrorKind::NotFound, message)
}

//! Giving back the rows of an insert, with RETURNING where there is one and the same result where there is none.

use std::collections::HashMap;
use std::panic::Location;

use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::query::Read;
use crate::schema::Table;
use crate::session::{Fetch, Lease, column_of};
use crate::syntax::{Command, Insert, Node, Sight};
use crate::unit::{Identity, by_keys, keys_at_once};
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
    let mut sent = Sent::of(&insert);
    let summary = lease.run(Command::Insert(insert), &mut (), at).await?;
    sent.number(T::table(), summary.last_insert_id, lease.dialect().auto_increment);
    if sent.is_complete(T::table()) {
        for row in sent.rows {
            rows.push(from_values::<T>(row)?);
        }
        return Ok(());
    }
    rows.extend(read_back(lease, sent, at).await?);
    Ok(())
}

/// The stored rows, in the order in which they were sent.
async fn read_back<T: Model>(
    lease: &mut Lease<'_>,
    sent: Sent,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let table = T::table();
    let keys = sent.rows.into_iter().map(|row| key(table, row)).collect::<Result<Vec<_>>>()?;
    let mut stored: HashMap<Identity, T> = HashMap::with_capacity(keys.len());
    for keys in keys.chunks(keys_at_once(table)) {
        let rows = by_key::<T>(lease, keys, at).await?;
        stored.extend(rows.into_iter().map(|row| (Identity::new(T::key_values(row.key())), row)));
    }
    let mut rows = Vec::with_capacity(keys.len());
    for key in keys {
        // A server may store another key than it was sent, such as a time without its nanoseconds.
        let row = match stored.remove(&Identity::new(key.clone())) {
            Some(row) => Some(row),
            None => by_key::<T>(lease, &[key], at).await?.pop(),
        };
        rows.push(row.ok_or_else(|| nothing_back(table))?);
    }
    Ok(rows)
}

/// The rows with these keys, wherever they went.
async fn by_key<T: Model>(
    lease: &mut Lease<'_>,
    keys: &[Vec<Datum>],
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    fetch(lease, Command::Select(Box::new(by_keys(T::table(), keys, Sight::ALL))), at).await
}

async fn fetch<T: Model>(
    lease: &mut Lease<'_>,
    command: Command,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let mut fetch = Fetch::new(T::read as Read<T>);
    lease.run(command, &mut fetch, at).await?;
    fetch.finish(|index| column_of(T::table(), index))
}

/// The rows of an insert as far as the client knows them.
struct Sent {
    /// A value per column of the table; `None` where only the server knows it.
    rows: Vec<Vec<Option<Datum>>>,
}

impl Sent {
    fn of(insert: &Insert) -> Self {
        let width = insert.columns.len();
        let count = insert.values.len().checked_div(width).unwrap_or(1);
        let mut rows = vec![vec![None; insert.table.columns.len()]; count];
        for (position, node) in insert.values.iter().enumerate() {
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
pub(super) fn nothing_back(table: &Table) -> Error {
    let message =
        format!("the inserted `{}` cannot be read back: its key is not known to the client", table.model);
    Error::new(ErrorKind::NotFound, message)
}

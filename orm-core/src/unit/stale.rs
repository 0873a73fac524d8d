//! Rows that have changed or been deleted since they were read.

use std::panic::Location;

use super::identity::same;
use super::read::read_again;
use super::update::next;
use crate::error::{Error, ErrorKind};
use crate::schema::Table;
use crate::session::Transaction;
use crate::syntax::Strength;
use crate::value::Datum;

/// The error for a statement on `slots` that did not find all of them as they were: looks for one that is not, to name it.
/// `columns` are those that an update has set.
#[cold]
pub(super) async fn stale(
    tx: &mut Transaction,
    shelf: usize,
    slots: &[u32],
    columns: &[u16],
    at: &'static Location<'static>,
) -> Error {
    tx.met_stale();
    let table = tx.unit().shelves[shelf].table;
    let slot = match slots {
        [only] => Some(*only),
        _ => find(tx, shelf, slots, columns, at).await,
    };
    match slot {
        Some(slot) => stale_row(table, &tx.unit().shelves[shelf].key(slot)),
        None => changed(table, &format!("one of {} rows", slots.len())),
    }
}

/// The error for a statement on the row with a key that was not as it was read.
#[cold]
pub(crate) fn stale_row(table: &Table, key: &[Datum]) -> Error {
    changed(table, &format!("the row with {}", describe(table, key)))
}

/// The error for a changed row that was read in a transaction since rolled back, and differs from the database.
#[cold]
pub(super) fn undone_row(table: &Table, key: &[Datum]) -> Error {
    let message = format!(
        "the row with {} of `{}` (table `{}`) is out of date: it was read after a statement that has since \
         been rolled back; read it again with `refresh(..).discard_changes()`",
        describe(table, key),
        table.model,
        table.name
    );
    error(table, message)
}

fn changed(table: &Table, which: &str) -> Error {
    let message = format!(
        "{which} of `{}` (table `{}`) was changed or deleted since it was read; read it again and repeat the \
         change",
        table.model, table.name
    );
    error(table, message)
}

fn error(table: &Table, message: String) -> Error {
    let key = table.primary_key.iter().map(|&part| table.column(part).name);
    Error::new(ErrorKind::Stale, message).with_columns(key)
}

/// Finds a row that is missing, or is not as the statement would have left it.
async fn find(
    tx: &mut Transaction,
    shelf: usize,
    slots: &[u32],
    columns: &[u16],
    at: &'static Location<'static>,
) -> Option<u32> {
    let found = read_again(tx, shelf, slots, Strength::Update, at).await.ok()?;
    let rows = &tx.unit().shelves[shelf];
    let table = rows.table;
    let version = table.version_column().map(|(at, _)| at);
    let is_there = |slot: u32| {
        let key = rows.key(slot);
        let is_row = |row: &&[Datum]| {
            table.primary_key.iter().zip(&key).all(|(&part, value)| same(&row[usize::from(part)], value))
        };
        found.iter().map(|row| &**row).find(is_row)
    };
    let is_stale = |slot: u32| match is_there(slot) {
        None => !columns.is_empty(),
        Some(row) => {
            let is_set = |&column: &u16| same(&row[usize::from(column)], &rows.rows.value(slot, column));
            let is_next = |at: u16| same(&row[usize::from(at)], &next(rows.expected_value(slot, at)));
            // For a delete, the rows that still exist are the stale ones.
            columns.is_empty() || !columns.iter().all(is_set) || !version.is_none_or(is_next)
        }
    };
    slots.iter().copied().find(|&slot| is_stale(slot))
}

/// `id` 5, or `region` 1 and `number` 2. Sensitive columns are not shown here, either.
fn describe(table: &Table, key: &[Datum]) -> String {
    let parts = table.primary_key.iter().zip(key).map(|(&part, value)| {
        let column = table.column(part);
        if column.sensitive {
            format!("`{}` …", column.name)
        } else {
            format!("`{}` {}", column.name, shown(value))
        }
    });
    parts.collect::<Vec<_>>().join(" and ")
}

fn shown(value: &Datum) -> String {
    match value {
        Datum::Int(number) => number.to_string(),
        Datum::UInt(number) => number.to_string(),
        Datum::Text(text) => format!("{text:?}"),
        Datum::Guid(id) => id.to_string(),
        Datum::Exact(number) => number.to_string(),
        Datum::Date(day) => day.to_string(),
        Datum::Timestamp(at) => at.to_string(),
        Datum::Clock(time) => time.to_string(),
        Datum::Bool(truth) => truth.to_string(),
        _ => "…".to_owned(),
    }
}

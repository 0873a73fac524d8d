//! What a client knows of rows that it inserts, so that only the rest has to be read.

use smallvec::SmallVec;

use super::counted::Counted;
use crate::driver::{Flow, Sink};
use crate::error::{Error, Result};
use crate::model::Model;
use crate::schema::{ColumnDef, Table};
use crate::session::column_of;
use crate::syntax::{Insert, NewRows, Node};
use crate::value::{Cell, Cells, Datum, Fault, Kind};

/// The rows of an insert as far as the client knows them.
pub(super) struct Sent {
    table: &'static Table,
    /// A value per column of the table, row by row; `None` where only the server has it.
    values: Vec<Option<Datum>>,
    /// The columns that have to be read.
    unknown: Vec<u16>,
}

impl Sent {
    /// What is known before the insert is sent. Of an upsert that is nothing: the row may be there already.
    pub(super) fn of(insert: &Insert) -> Self {
        let (table, width) = (insert.table, insert.columns.len());
        let places = (0..table.width()).map(|column| insert.place(column));
        let columns = table.columns.iter().zip(places);
        let is_known = |column| insert.conflict.is_none() && keeps_values(column);
        let mut columns: Vec<_> = columns.map(|(column, place)| (column, place, is_known(column))).collect();
        let nodes = match &insert.rows {
            NewRows::Values(nodes) => &nodes[..],
            NewRows::Select(_) => &[],
        };
        let rows = insert.count().unwrap_or_default();
        let mut values = Vec::with_capacity(table.columns.len() * rows);
        for row in (0..rows).map(|row| &nodes[row * width..][..width]) {
            for (column, place, is_known) in &mut columns {
                let value = match place.map(|place| &row[place]) {
                    Some(Node::Value(value)) => Some(value),
                    _ => None,
                };
                *is_known &= value.is_some_and(|value| is_kept(value, column));
                values.push(value.cloned());
            }
        }
        let unknown =
            (0u16..).zip(columns).filter(|(_, (.., is_known))| !is_known).map(|(column, _)| column).collect();
        Sent { table, values, unknown }
    }

    /// Fills in the keys that the server counted up, if no row has one of its own.
    pub(super) fn number(&mut self, told: Option<u64>, counted: Option<Counted>) {
        let (Some((column, _)), Some(told), Some(counted)) = (self.table.auto_column(), told, counted) else {
            return;
        };
        let Some((first, step)) = counted.keys(told, self.count()) else { return };
        if !self.leaves(column) {
            return;
        }
        for (row, number) in self.rows().zip(0u64..) {
            row[column] = Some(Datum::UInt(first + number * step));
        }
        self.unknown.retain(|unknown| usize::from(*unknown) != column);
    }

    /// The key that the server counts up for each row, if nothing else has to be read.
    pub(super) fn missing_key(&self) -> Option<(&'static Table, &'static ColumnDef)> {
        let (auto, column) = self.table.auto_column()?;
        match self.unknown() {
            &[unknown] if usize::from(unknown) == auto && self.leaves(auto) => Some((self.table, column)),
            _ => None,
        }
    }

    /// Whether each row leaves a column to the server.
    fn leaves(&self, column: usize) -> bool {
        self.values.chunks_exact(self.table.columns.len()).all(|row| row[column].is_none())
    }

    /// How many rows they are.
    pub(super) fn count(&self) -> usize {
        self.values.len().checked_div(self.table.columns.len()).unwrap_or_default()
    }

    /// The columns that have to be read.
    pub(super) fn unknown(&self) -> &[u16] {
        &self.unknown
    }

    /// A value per column of the table, for each row.
    pub(super) fn rows(&mut self) -> impl Iterator<Item = &mut [Option<Datum>]> {
        self.values.chunks_exact_mut(self.table.columns.len())
    }
}

/// Whether a value is given back as it was sent. Servers cut spaces at the end of a text that is too long, without an error.
fn is_kept(value: &Datum, column: &ColumnDef) -> bool {
    match value {
        Datum::Int(0) | Datum::UInt(0) | Datum::Null => !column.auto,
        Datum::Text(text) => !text.ends_with(' '),
        _ => true,
    }
}

/// Whether a column gives values back as they were stored. What a type of the user's own does nobody knows, unless it is
/// one for text.
fn keeps_values(column: &ColumnDef) -> bool {
    column.sql_type.is_none_or(|sql_type| column.kind == Kind::Text && is_text_type(sql_type))
}

fn is_text_type(sql_type: &str) -> bool {
    let name = sql_type.split(['(', ' ']).next().unwrap_or_default();
    ["VARCHAR", "TEXT", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Puts rows together of what was sent and of what the server gives back.
pub(super) struct Stored<'r, T> {
    sent: Sent,
    /// How many rows are put together.
    done: usize,
    rows: &'r mut Vec<T>,
    fault: Option<Fault>,
}

impl<'r, T: Model> Stored<'r, T> {
    /// Adds rows to `rows`.
    pub(super) fn new(sent: Sent, rows: &'r mut Vec<T>) -> Self {
        Stored { sent, done: 0, rows, fault: None }
    }

    /// Puts all rows together, where the server has nothing to add.
    pub(super) fn complete(mut self) -> Result<()> {
        while self.row(&mut []) == Flow::Continue {}
        self.finish()
    }

    /// The error of the first cell that does not fit.
    pub(super) fn finish(self) -> Result<()> {
        let error = |fault: Fault| -> Error { column_of(T::table(), fault.index).error(&fault) };
        self.fault.map_or(Ok(()), |fault| Err(error(fault)))
    }
}

impl<T: Model> Sink for Stored<'_, T> {
    fn row(&mut self, returned: &mut [Cell<'_>]) -> Flow {
        let Sent { table, values, unknown } = &mut self.sent;
        let width = table.columns.len();
        let Some(row) = values.get_mut(self.done * width..(self.done + 1) * width) else { return Flow::Stop };
        let known = row.iter_mut().map(|value| value.take().map_or(Cell::Null, Datum::into_cell));
        let mut cells: SmallVec<[Cell<'_>; 16]> = known.collect();
        for (&column, cell) in unknown.iter().zip(returned) {
            cells[usize::from(column)] = std::mem::replace(cell, Cell::Null);
        }
        self.done += 1;
        match T::read(&mut Cells::new(&mut cells)) {
            Ok(row) => {
                self.rows.push(row);
                Flow::Continue
            }
            Err(fault) => {
                self.fault = Some(fault);
                Flow::Stop
            }
        }
    }
}

//! What a client knows of rows that it inserts, so that only the rest has to be read.

use smallvec::SmallVec;

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
        let (table, width) = (insert.table, insert.table.columns.len());
        let mut values = vec![None; width * insert.count().unwrap_or_default()];
        let mut is_known = vec![false; width];
        if let NewRows::Values(nodes) = &insert.rows {
            for (at, &column) in insert.columns.iter().enumerate() {
                let definition = table.column(column);
                let column = usize::from(column);
                is_known[column] = insert.conflict.is_none();
                let nodes = nodes.iter().skip(at).step_by(insert.columns.len());
                for (row, node) in values.chunks_exact_mut(width).zip(nodes) {
                    is_known[column] &= matches!(node, Node::Value(value) if is_kept(definition, value));
                    if let Node::Value(value) = node {
                        row[column] = Some(value.clone());
                    }
                }
            }
        }
        let unknown = (0u16..).zip(is_known).filter(|(_, known)| !known).map(|(column, _)| column).collect();
        Sent { table, values, unknown }
    }

    /// Fills in the keys that the server counted up: consecutive, if no row has one of its own.
    pub(super) fn number(&mut self, first: Option<u64>, step: Option<u64>) {
        let (Some((column, _)), Some(first), Some(step)) = (self.table.auto_column(), first, step) else {
            return;
        };
        if !self.leaves(column) {
            return;
        }
        for (row, number) in self.rows().zip(0u64..) {
            row[column] = Some(Datum::UInt(first + number * step));
        }
        self.unknown.retain(|unknown| usize::from(*unknown) != column);
    }

    /// Whether nothing has to be read, once the first key is known that the server counts up by `step`.
    pub(super) fn needs_first_key_at_most(&mut self, step: Option<u64>) -> bool {
        match (self.unknown(), self.table.auto_column(), step) {
            ([], _, _) => true,
            (&[column], Some((auto, _)), Some(_)) if usize::from(column) == auto => self.leaves(auto),
            _ => false,
        }
    }

    /// Whether each row leaves a column to the server.
    fn leaves(&mut self, column: usize) -> bool {
        self.rows().all(|row| row[column].is_none())
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

/// Whether a column gives a value back as it was stored. Servers cut spaces at the end of a text that is too long, without
/// an error; and what a type of the user's own does nobody knows, unless it is one for text.
fn is_kept(column: &ColumnDef, value: &Datum) -> bool {
    if column.auto && matches!(value, Datum::Int(0) | Datum::UInt(0) | Datum::Null) {
        return false;
    }
    if matches!(value, Datum::Text(text) if text.ends_with(' ')) {
        return false;
    }
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

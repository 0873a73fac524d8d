//! What a client knows of rows that it inserts, so that only the rest has to be read back.

use std::panic::Location;

use super::counted::Counted;
use super::insert::unknown_key;
use crate::driver::{Flow, Sink, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::schema::{ColumnDef, Table};
use crate::session::{Lease, column_of};
use crate::syntax::{Command, Insert, NewRows, Node};
use crate::value::{Cell, Cells, Datum, Kind};

/// The rows of an insert, as far as the client knows them.
pub(super) struct Sent {
    table: &'static Table,
    /// The number of rows.
    count: usize,
    /// The columns whose values are sent.
    columns: Vec<u16>,
    /// The version column, if all rows start with the first version, which is then not sent.
    version: Option<u16>,
    /// The values sent, row by row.
    values: Vec<Datum>,
    /// Whether these are all bind parameters of the statement: then they are lent to it, and returned once it has run.
    lends: bool,
    /// The keys that the server generated: the first key and the interval.
    keys: Option<(u64, u64)>,
    /// The columns that have to be read.
    unknown: Vec<u16>,
}

impl Sent {
    /// What is known before the insert is sent. For an upsert, nothing: the row may already exist.
    pub(super) fn of(insert: &Insert) -> Self {
        let Insert { table, columns, rows, conflict, .. } = insert;
        let nodes = match rows {
            NewRows::Values(nodes) if conflict.is_none() => Some(&nodes[..]),
            _ => None,
        };
        let is_known = |&column: &u16| {
            let (Some(nodes), Some(place)) = (nodes, insert.place(column)) else { return false };
            let column = table.column(column);
            let mut values = nodes.iter().skip(place).step_by(columns.len()).map(value);
            keeps_values(column) && values.all(|value| value.is_some_and(|value| is_kept(value, column)))
        };
        let unknown = (0..table.width()).filter(|column| !is_known(column)).collect();
        let lends = nodes.is_some_and(|nodes| nodes.iter().all(|node| value(node).is_some()));
        let others = nodes.filter(|_| !lends).unwrap_or_default();
        let mut columns = columns.clone();
        let version = insert.first_version().filter(|_| lends).map(|place| columns.remove(place));
        Sent {
            table,
            count: insert.count().unwrap_or_default(),
            columns,
            version,
            values: others.iter().map(|node| value(node).cloned().unwrap_or(Datum::Null)).collect(),
            lends,
            keys: None,
            unknown,
        }
    }

    /// Runs the insert.
    pub(super) async fn run(
        &mut self,
        lease: &mut Lease<'_>,
        insert: Insert,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        let command = Command::Insert(Box::new(insert));
        if !self.lends {
            return lease.run(command, sink, at).await;
        }
        let (summary, values) = lease.run_lent(command, sink, at).await?;
        self.values = values;
        if self.values.len() == self.count * self.columns.len() {
            Ok(summary)
        } else {
            Err(not_given_back(self.table))
        }
    }

    /// Fills in the keys that the server generated, if no row has one of its own.
    pub(super) fn number(&mut self, told: Option<u64>, counted: Option<Counted>) {
        let (Some(column), Some(told), Some(counted)) = (self.left_key(), told, counted) else { return };
        self.keys = counted.keys(told, self.count);
        if self.keys.is_some() {
            self.unknown.retain(|unknown| *unknown != column);
        }
    }

    /// The key that the server generates for each row, if nothing else has to be read.
    pub(super) fn missing_key(&self) -> Option<(&'static Table, &'static ColumnDef)> {
        let key = self.left_key().filter(|key| self.unknown == [*key])?;
        Some((self.table, self.table.column(key)))
    }

    /// The auto-increment column, if it is left to the server.
    fn left_key(&self) -> Option<u16> {
        let (key, _) = self.table.auto_column()?;
        Some(key).filter(|key| !self.columns.contains(key))
    }

    /// The number of rows.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The columns that have to be read.
    pub(super) fn unknown(&self) -> &[u16] {
        &self.unknown
    }

    /// The primary key of each row.
    pub(super) fn primary_keys(&self) -> Result<Vec<Vec<Datum>>> {
        let part = |row: usize, part: u16| {
            let value = match self.columns.iter().position(|column| *column == part) {
                Some(place) => self.values.get(row * self.columns.len() + place).cloned(),
                None => self.key(row).filter(|_| self.left_key() == Some(part)),
            };
            value.filter(|value| !value.is_null()).ok_or_else(|| unknown_key(self.table, part))
        };
        let key = |row| self.table.primary_key.iter().map(|&column| part(row, column)).collect();
        (0..self.count).map(key).collect()
    }

    /// The key that the server generated for a row.
    fn key(&self, row: usize) -> Option<Datum> {
        let (first, step) = self.keys?;
        Some(Datum::UInt(first + row as u64 * step))
    }

    /// Appends the rows to `rows`, completed with what the server returned for them.
    pub(super) fn put_together<T: Model>(mut self, told: Told, rows: &mut Vec<T>) -> Result<()> {
        let is_of_each = told.cells.len() == self.count * self.unknown.len();
        if !is_of_each && self.unknown.len() < self.table.columns.len() {
            return Err(self.left_out());
        }
        let mut values = std::mem::take(&mut self.values).into_iter();
        let mut told = told.cells.into_iter();
        let key = self.left_key().map(usize::from);
        let mut cells = vec![Cell::Null; self.table.columns.len()];
        rows.reserve(self.count);
        for row in 0..self.count {
            // SQLite may skip rows. Here, they were returned whole.
            if told.len() < self.unknown.len() {
                break;
            }
            for (&column, value) in self.columns.iter().zip(values.by_ref()) {
                cells[usize::from(column)] = value.into_cell();
            }
            if let Some(column) = self.version {
                cells[usize::from(column)] = Cell::Int(1);
            }
            if let (Some(column), Some(key)) = (key, self.key(row)) {
                cells[column] = key.into_cell();
            }
            for (&column, cell) in self.unknown.iter().zip(told.by_ref()) {
                cells[usize::from(column)] = cell;
            }
            let row = T::read(&mut Cells::new(&mut cells));
            rows.push(row.map_err(|fault| column_of(T::table(), fault.index).error(&fault))?);
        }
        Ok(())
    }

    /// The error for rows of which some were not inserted, as in SQLite, where tables and triggers may ignore rows.
    #[cold]
    pub(super) fn left_out(&self) -> Error {
        let message = format!(
            "the database has left out some of the inserted rows of `{}`, and does not say which: rows that it may \
             ignore have to be inserted with `execute`",
            self.table.model
        );
        Error::new(ErrorKind::NotFound, message)
    }
}

fn value(node: &Node) -> Option<&Datum> {
    match node {
        Node::Value(value) => Some(value),
        _ => None,
    }
}

/// Whether a value is stored exactly as sent. Servers silently cut trailing spaces of a text that is too long.
fn is_kept(value: &Datum, column: &ColumnDef) -> bool {
    match value {
        Datum::Int(0) | Datum::UInt(0) | Datum::Null => !column.auto,
        Datum::Text(text) => !text.ends_with(' '),
        _ => true,
    }
}

/// Whether a column returns values as they were sent. This is unknown for a custom column type, unless it is a text
/// type.
fn keeps_values(column: &ColumnDef) -> bool {
    column.sql_type.is_none_or(|sql_type| column.kind == Kind::Text && is_text_type(sql_type))
}

fn is_text_type(sql_type: &str) -> bool {
    let name = sql_type.split(['(', ' ']).next().unwrap_or_default();
    ["VARCHAR", "TEXT", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// What the server returns for the rows: the columns to be read, row by row.
#[derive(Default)]
pub(super) struct Told {
    cells: Vec<Cell<'static>>,
}

impl Sink for Told {
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        self.cells.extend(cells.iter_mut().map(|cell| std::mem::replace(cell, Cell::Null).into_owned()));
        Flow::Continue
    }
}

#[cold]
fn not_given_back(table: &Table) -> Error {
    let message = format!(
        "the driver has kept values that were lent to it, which the inserted rows of `{}` need",
        table.model
    );
    Error::new(ErrorKind::Server, message)
}

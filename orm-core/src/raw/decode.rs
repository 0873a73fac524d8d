//! Decoding rows.

use std::marker::PhantomData;

use super::{FromRow, Layout};
use crate::driver::{Flow, Sink};
use crate::error::{Error, ErrorKind, Result};
use crate::session::{Label, column_of};
use crate::value::{Cell, Cells, Fault};

/// Decodes the rows of a result as values of type `O`.
pub(crate) trait Decode<O>: Send {
    /// Whether it needs the names of the columns.
    fn wants_columns(&self) -> bool {
        false
    }

    /// Receives the names of the columns, before the first row.
    fn columns(&mut self, names: &[&str]) -> Result<()> {
        let _ = names;
        Ok(())
    }

    /// Decodes one row.
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Result<O>;
}

/// Reads rows of raw SQL, whose columns may have to be found by name.
pub(crate) struct Named<T> {
    layout: Layout,
    /// The swaps, in order, that bring the cells of a row into the order of the layout.
    swaps: Vec<(usize, usize)>,
    names: Vec<String>,
    _row: PhantomData<fn() -> T>,
}

impl<T: FromRow> Named<T> {
    pub(crate) fn new() -> Self {
        Named { layout: T::layout(), swaps: Vec::new(), names: Vec::new(), _row: PhantomData }
    }

    #[cold]
    fn error(&self, fault: &Fault) -> Error {
        let label = match self.layout {
            Layout::Table(table) => column_of(table, fault.index),
            Layout::Names(of, names) => names.get(fault.index).map_or(Label::Computed(fault.index), |name| {
                Label::Column { model: of, field: name, column: name }
            }),
            Layout::Positions(_) | Layout::All => Label::Computed(fault.index),
        };
        label.error(fault)
    }
}

impl<T: FromRow> Decode<T> for Named<T> {
    fn wants_columns(&self) -> bool {
        !matches!(self.layout, Layout::Positions(_))
    }

    fn columns(&mut self, names: &[&str]) -> Result<()> {
        match self.layout {
            Layout::Positions(_) => {}
            Layout::Table(table) => {
                let wanted = table.columns.iter().map(|column| (column.field, column.name));
                self.swaps = exchanges(table.model, wanted, names)?;
            }
            Layout::Names(of, wanted) => {
                self.swaps = exchanges(of, wanted.iter().map(|name| (*name, *name)), names)?;
            }
            Layout::All => self.names = names.iter().map(|name| (*name).to_owned()).collect(),
        }
        Ok(())
    }

    #[inline]
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Result<T> {
        if let Layout::Positions(width) = self.layout
            && width != cells.len()
        {
            return Err(wrong_width(width, cells.len()));
        }
        for &(to, from) in &self.swaps {
            cells.swap(to, from);
        }
        T::read(&mut Cells::new(cells), &self.names).map_err(|fault| self.error(&fault))
    }
}

/// Returns the swaps that bring the columns called `wanted` to the front, in this order.
fn exchanges(
    of: &str,
    wanted: impl Iterator<Item = (&'static str, &'static str)>,
    names: &[&str],
) -> Result<Vec<(usize, usize)>> {
    let mut places: Vec<usize> = (0..names.len()).collect();
    let mut swaps = Vec::new();
    for (to, (field, name)) in wanted.enumerate() {
        let column = find(of, field, name, names)?;
        // Where the column is after the previous swaps.
        let from = places.iter().position(|place| *place == column).unwrap_or(column);
        if to != from {
            places.swap(to, from);
            swaps.push((to, from));
        }
    }
    Ok(swaps)
}

/// Returns the position of the column called `name`: an exact match, or else one that differs only in case.
fn find(of: &str, field: &str, name: &str, names: &[&str]) -> Result<usize> {
    let find = |same: &dyn Fn(&str) -> bool| {
        let mut found = (0..names.len()).filter(|&index| same(names[index]));
        (found.next(), found.next())
    };
    let found = match find(&|other| other == name) {
        (None, _) => find(&|other| other.eq_ignore_ascii_case(name)),
        found => found,
    };
    match found {
        (Some(index), None) => Ok(index),
        (Some(_), Some(_)) => {
            let message = format!(
                "`{of}.{field}` is read from column `{name}`, which the result has more than once: select one of them"
            );
            Err(Error::new(ErrorKind::Decode, message).with_columns([name]))
        }
        (None, _) => {
            let message = format!(
                "`{of}.{field}` is read from column `{name}`, but the result has no such column: it has {}",
                listed(names)
            );
            Err(Error::new(ErrorKind::Decode, message).with_columns([name]))
        }
    }
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        return "no columns".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cold]
fn wrong_width(wanted: usize, found: usize) -> Error {
    let columns = |count| if count == 1 { "1 column".to_owned() } else { format!("{count} columns") };
    let message =
        format!("the row is read by position and needs {}, but has {}", columns(wanted), columns(found));
    Error::new(ErrorKind::Decode, message)
}

/// Collects rows into a list, up to a maximum.
pub(crate) struct Collect<O, D> {
    rows: Vec<O>,
    decode: D,
    most: usize,
    error: Option<Error>,
}

impl<O, D: Decode<O>> Collect<O, D> {
    pub(crate) fn new(decode: D, most: usize) -> Self {
        Collect { rows: Vec::new(), decode, most, error: None }
    }

    /// Returns the rows, or the first error.
    pub(crate) fn finish(self) -> Result<Vec<O>> {
        match self.error {
            None => Ok(self.rows),
            Some(error) => Err(error),
        }
    }
}

impl<O: Send, D: Decode<O>> Sink for Collect<O, D> {
    fn wants_columns(&self) -> bool {
        self.decode.wants_columns()
    }

    fn columns(&mut self, names: &[&str]) {
        if let Err(error) = self.decode.columns(names) {
            self.error = Some(error);
        }
    }

    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        if self.error.is_some() {
            return Flow::Stop;
        }
        match self.decode.row(cells) {
            Ok(row) => self.rows.push(row),
            Err(error) => self.error = Some(error),
        }
        if self.error.is_some() || self.rows.len() >= self.most { Flow::Stop } else { Flow::Continue }
    }
}

//! Buffered result sets.

use std::collections::VecDeque;

use super::decode::Decode as _;
use super::{FromRow, Named};
use crate::driver::{Flow, Sink};
use crate::error::Result;
use crate::value::Cell;

/// All result sets of a statement, in order.
#[derive(Debug, Default)]
pub(crate) struct Sets(VecDeque<Set>);

/// One result set, whose rows are taken from the front.
#[derive(Debug, Default)]
pub(crate) struct Set {
    names: Vec<String>,
    /// The cells of the rows, row by row.
    cells: VecDeque<Cell<'static>>,
}

impl Sets {
    /// Takes the next set.
    pub(crate) fn next(&mut self) -> Option<Set> {
        self.0.pop_front()
    }

    /// Takes the last set.
    pub(crate) fn last(&mut self) -> Option<Set> {
        self.0.pop_back()
    }
}

impl Set {
    /// The names of the columns.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of remaining rows.
    pub(crate) fn len(&self) -> usize {
        self.cells.len().checked_div(self.names.len()).unwrap_or(0)
    }

    /// The cells of all rows.
    pub(crate) fn into_cells(self) -> impl Iterator<Item = Cell<'static>> {
        self.cells.into_iter()
    }

    /// Takes up to `most` rows.
    pub(crate) fn take<T: FromRow>(&mut self, most: usize) -> Result<Vec<T>> {
        if self.names.is_empty() {
            return Ok(Vec::new());
        }
        let mut decode = Named::new();
        decode.columns(&self.names.iter().map(String::as_str).collect::<Vec<_>>())?;
        let rows = self.len().min(most);
        let mut row = Vec::with_capacity(self.names.len());
        let mut taken = Vec::with_capacity(rows);
        for _ in 0..rows {
            row.extend(self.cells.drain(..self.names.len()));
            taken.push(decode.row(&mut row)?);
            row.clear();
        }
        Ok(taken)
    }
}

impl Sink for Sets {
    fn wants_columns(&self) -> bool {
        true
    }

    fn columns(&mut self, names: &[&str]) {
        // A statement without rows has no columns and makes no set.
        if !names.is_empty() {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            self.0.push_back(Set { names, cells: VecDeque::new() });
        }
    }

    fn next_set(&mut self) -> bool {
        true
    }

    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        if let Some(set) = self.0.back_mut() {
            set.cells.extend(cells.iter_mut().map(|cell| std::mem::replace(cell, Cell::Null).into_owned()));
        }
        Flow::Continue
    }
}

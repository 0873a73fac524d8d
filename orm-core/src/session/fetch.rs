//! Sinks that read rows.

use super::Label;
use crate::driver::{Flow, Sink};
use crate::error::Result;
use crate::query::Read;
use crate::value::{Cell, Cells, Fault};

/// Collects rows of type `O`.
pub(crate) struct Fetch<O> {
    rows: Vec<O>,
    read: Read<O>,
    fault: Option<Fault>,
}

impl<O> Fetch<O> {
    pub(crate) fn new(read: Read<O>) -> Self {
        Fetch { rows: Vec::new(), read, fault: None }
    }

    /// Returns the rows, or the error of the first cell that cannot be decoded.
    pub(crate) fn finish(self, label: impl FnOnce(usize) -> Label) -> Result<Vec<O>> {
        match self.fault {
            None => Ok(self.rows),
            Some(fault) => Err(label(fault.index).error(&fault)),
        }
    }
}

impl<O: Send> Sink for Fetch<O> {
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        match (self.read)(&mut Cells::new(cells)) {
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

/// Passes each row to a function.
pub(crate) struct Each<'a> {
    read: &'a mut (dyn FnMut(&mut Cells<'_, '_>) -> Result<(), Fault> + Send),
    fault: Option<Fault>,
}

impl<'a> Each<'a> {
    pub(crate) fn new(read: &'a mut (dyn FnMut(&mut Cells<'_, '_>) -> Result<(), Fault> + Send)) -> Self {
        Each { read, fault: None }
    }

    /// Returns the error of the first cell that cannot be decoded, if any.
    pub(crate) fn finish(self, label: impl FnOnce(usize) -> Label) -> Result<()> {
        match self.fault {
            None => Ok(()),
            Some(fault) => Err(label(fault.index).error(&fault)),
        }
    }
}

impl Sink for Each<'_> {
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        match (self.read)(&mut Cells::new(cells)) {
            Ok(()) => Flow::Continue,
            Err(fault) => {
                self.fault = Some(fault);
                Flow::Stop
            }
        }
    }
}

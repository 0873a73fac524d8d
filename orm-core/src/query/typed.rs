//! Reading rows of typed queries into values.

use super::Read;
use crate::error::{Error, Result};
use crate::raw::Decode;
use crate::relation::Reader;
use crate::session::Labels;
use crate::syntax::{Command, Select};
use crate::value::{Cell, Cells, Fault, Mismatch};

/// Reads rows of a typed query, by position.
pub(crate) struct Typed<O> {
    read: Read<O>,
    labels: Labels,
}

impl<O> Typed<O> {
    pub(crate) fn new(select: &Select, read: Read<O>) -> Self {
        Typed { read, labels: Labels::of(select) }
    }

    /// Returns a query of one statement, and the reader of its rows. Fails for rows with relations to load.
    pub(crate) fn of(
        select: Box<Select>,
        reader: Reader<O>,
        refusal: impl FnOnce() -> Error,
    ) -> (Result<Command>, Self) {
        match reader {
            Reader::Rows(read) => {
                let typed = Typed::new(&select, read);
                (Ok(Command::Select(select)), typed)
            }
            Reader::Graph(_) => (Err(refusal()), Typed::new(&select, none)),
        }
    }
}

impl<O> Decode<O> for Typed<O> {
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Result<O> {
        (self.read)(&mut Cells::new(cells)).map_err(|fault| self.labels.at(fault.index).error(&fault))
    }
}

/// Reads nothing: there are no rows.
fn none<O>(_: &mut Cells<'_, '_>) -> Result<O, Fault> {
    let mismatch = Mismatch::invalid("no row");
    Err(Fault { index: 0, expected: std::any::type_name::<O>(), mismatch })
}

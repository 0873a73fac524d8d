//! Where rows go.

use crate::value::Cell;

/// What takes the rows of a statement.
pub trait Sink: Send {
    /// Whether [`columns`](Self::columns) is to be called: only readers by name need it.
    fn wants_columns(&self) -> bool {
        false
    }

    /// The names of the columns, before the first row.
    fn columns(&mut self, names: &[&str]) {
        let _ = names;
    }

    /// One row. The cells are the sink's to take from.
    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow;
}

/// Whether a sink wants more rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// More.
    Continue,
    /// No more: the driver leaves out the rest.
    Stop,
}

/// Takes no rows.
impl Sink for () {
    fn row(&mut self, _cells: &mut [Cell<'_>]) -> Flow {
        Flow::Continue
    }
}

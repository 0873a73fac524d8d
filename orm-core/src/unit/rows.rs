//! The rows of one model behind an interface that does not name it, so that all the rest is compiled once.

use std::any::Any;
use std::panic::Location;

use crate::driver::BoxFuture;
use crate::error::Result;
use crate::session::Lease;
use crate::syntax::{Command, Insert, Node};
use crate::value::Datum;

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// To be inserted.
    New,
    /// In the database.
    Stored,
    /// In the database, and to be deleted.
    Doomed,
    /// Deleted in the open transaction.
    Deleted,
    /// Not tracked any more.
    Gone(Gone),
}

/// Why a row is not tracked any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    Deleted,
    Forgotten,
    Taken,
    RolledBack,
    InDoubt,
}

/// What is kept beside a row.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// The columns as they are in the database, since the row was lent for change.
    pub(super) stored: Option<Box<[Datum]>>,
    /// In which transaction the row was read or written last.
    pub(super) seen: u32,
    /// Whether it was locked when it was read, in that transaction.
    pub(super) locked: bool,
    /// Whether a hook of a flush has added it: undone, it is gone, since the hook runs again.
    pub(super) by_hook: bool,
}

/// Rows of some model, in a list.
pub(super) type AnyRows = Box<dyn Any + Send>;

/// Runs an insert; gives the rows as they are stored.
pub(super) type RunInsert =
    for<'a, 'l> fn(&'a mut Lease<'l>, Insert, &'static Location<'static>) -> BoxFuture<'a, Result<AnyRows>>;

/// Runs a select of whole rows.
pub(super) type RunSelect =
    for<'a, 'l> fn(&'a mut Lease<'l>, Command, &'static Location<'static>) -> BoxFuture<'a, Result<AnyRows>>;

/// Something that happens to a row, of which its model may want to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    Insert,
    Update,
    Delete,
}

/// The rows of one model.
pub(super) trait Rows: Any + Send + Sync {
    fn stage(&self, slot: u32) -> Stage;

    fn meta(&self, slot: u32) -> &Meta;

    fn meta_mut(&mut self, slot: u32) -> &mut Meta;

    /// What a new row is to be inserted with: a node per column.
    fn draft(&self, slot: u32) -> &[Node];

    fn draft_mut(&mut self, slot: u32) -> &mut [Node];

    /// The value of a column; NULL of a row that has none.
    fn value(&self, slot: u32, column: u16) -> Datum;

    /// Sets a column of a row.
    fn set(&mut self, slot: u32, column: u16, value: Datum) -> Result<()>;

    /// Sets all columns of a row at once.
    fn set_all(&mut self, slot: u32, values: Box<[Datum]>) -> Result<()>;

    /// Moves a row between `Stored`, `Doomed` and `Deleted`.
    fn shift(&mut self, slot: u32, to: Stage);

    /// Makes a row a new one again.
    fn redraft(&mut self, slot: u32, draft: Vec<Node>);

    /// Lets a row go.
    fn drop_row(&mut self, slot: u32, why: Gone);

    /// Puts the stored rows into the place of new ones. Gives how many there were.
    fn land(&mut self, slots: &[u32], rows: AnyRows) -> usize;

    /// The columns of rows that were read.
    fn columns_of(&self, rows: AnyRows) -> Vec<Box<[Datum]>>;

    fn run_insert(&self) -> RunInsert;

    fn run_select(&self) -> RunSelect;

    /// Runs a hook. Of a new row, `known` are the columns that are those of other rows, as far as they are known.
    fn before(&mut self, slot: u32, event: Event, known: &[(u16, Datum)]) -> Result<()>;

    fn after(&self, slot: u32, event: Event);

    fn has_hooks(&self) -> bool;

    fn as_any(&self) -> &dyn Any;

    fn as_any_mut(&mut self) -> &mut dyn Any;
}

//! The rows of one model behind a type-erased interface, so that most of the code is compiled once, not for each model.

use std::any::Any;
use std::panic::Location;

use crate::driver::BoxFuture;
use crate::error::Result;
use crate::session::Lease;
use crate::syntax::{Command, Insert, Node};
use crate::value::Datum;

/// The stage of a row.
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
    /// No longer tracked.
    Gone(Gone),
}

impl Stage {
    /// Whether the database has the row, and so the lookup by key, too.
    pub(super) fn is_in_database(self) -> bool {
        matches!(self, Stage::Stored | Stage::Doomed)
    }

    /// Whether the database will have the row after a flush, so that others can reference it.
    pub(super) fn stays(self) -> bool {
        matches!(self, Stage::New | Stage::Stored)
    }
}

/// Why a row is no longer tracked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    Deleted,
    Forgotten,
    Taken,
    RolledBack,
    InDoubt,
}

/// What is stored along with a row.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// The columns as they are in the database, kept since the row was borrowed mutably.
    pub(super) stored: Option<Box<[Datum]>>,
    /// The epoch in which the row was last read or inserted. After an update, its other columns are as old as before.
    pub(super) seen: u32,
    /// Whether it was locked when it was read.
    pub(super) locked: bool,
    /// Whether a flush of the open transaction has written it.
    pub(super) written: bool,
    /// Whether a flush hook has added it: after a rollback it is dropped, since the hook runs again.
    pub(super) by_hook: bool,
}

/// A type-erased list of the rows of some model.
pub(super) type AnyRows = Box<dyn Any + Send>;

/// Runs an insert; returns the rows as stored.
pub(super) type RunInsert =
    for<'a, 'l> fn(&'a mut Lease<'l>, Insert, &'static Location<'static>) -> BoxFuture<'a, Result<AnyRows>>;

/// Runs a select of whole rows.
pub(super) type RunSelect =
    for<'a, 'l> fn(&'a mut Lease<'l>, Command, &'static Location<'static>) -> BoxFuture<'a, Result<AnyRows>>;

/// Something that happens to a row, for which its model may have a hook.
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

    /// The nodes that a new row is to be inserted with, one per column.
    fn draft(&self, slot: u32) -> &[Node];

    fn draft_mut(&mut self, slot: u32) -> &mut [Node];

    /// The value of a column; NULL if the slot has no row.
    fn value(&self, slot: u32, column: u16) -> Datum;

    /// Sets a column of a row.
    fn set(&mut self, slot: u32, column: u16, value: Datum) -> Result<()>;

    /// Sets all columns of a row at once.
    fn set_all(&mut self, slot: u32, values: Box<[Datum]>) -> Result<()>;

    /// Moves a row between `Stored`, `Doomed` and `Deleted`.
    fn shift(&mut self, slot: u32, to: Stage);

    /// Makes a row new again.
    fn redraft(&mut self, slot: u32, draft: Vec<Node>);

    /// Drops a row.
    fn drop_row(&mut self, slot: u32, why: Gone);

    /// Replaces new rows by the stored ones. If there is not one for each, does nothing and returns `false`.
    fn land(&mut self, slots: &[u32], rows: AnyRows) -> bool;

    /// The columns of rows that were read.
    fn columns_of(&self, rows: AnyRows) -> Vec<Box<[Datum]>>;

    fn run_insert(&self) -> RunInsert;

    fn run_select(&self) -> RunSelect;

    /// Runs a hook. For a new row, `known` are the known values of columns that contain the keys of other rows.
    fn before(&mut self, slot: u32, event: Event, known: &[(u16, Datum)]) -> Result<()>;

    fn after(&self, slot: u32, event: Event);

    fn has_hooks(&self) -> bool;

    fn as_any(&self) -> &dyn Any;

    fn as_any_mut(&mut self) -> &mut dyn Any;
}

//! The unit of work: the rows that a session tracks (the identity map), how they have changed since they were read, and the
//! statements that write the changes.
//!
//! Each model has a shelf, on which every row has a slot; a [`Handle`] refers to both. When a row is borrowed with `&mut`,
//! a copy of its columns is kept, and a flush compares the two. What a flush has done is recorded in an undo journal until
//! the transaction ends, so that a rollback can undo it in memory, too.

mod add;
mod aims;
mod attach;
mod cascade;
mod changes;
mod collections;
mod delete;
mod doubt;
mod draft;
mod ends;
mod flush;
mod get;
mod handle;
mod hooks;
mod identity;
mod index;
mod insert;
mod joins;
mod leave;
mod left;
mod link;
mod links;
mod lock;
mod locked;
mod order;
mod orphans;
mod pending;
mod plan;
mod read;
mod refresh;
mod renewed;
mod restore;
mod rows;
mod session_hooks;
mod shelf;
mod stale;
mod store;
mod track;
mod undo;
mod update;
mod vacate;
mod waits;
mod written;

use std::any::TypeId;
use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

pub use add::IntoNew;
pub use changes::{Changed, Changes};
use collections::Collections;
use doubt::Doubts;
pub use draft::Draft;
pub(crate) use flush::{autoflush, flush_if_pending};
pub use get::Get;
pub(crate) use handle::RowRef;
pub use handle::{Handle, New, Tracked};
pub use hooks::{HookSet, Hooks};
pub(crate) use identity::Identity;
use joins::Joins;
use left::Left;
pub use link::LinkTarget;
pub(crate) use read::{by_columns, is_one_of, keys_at_once};
pub use refresh::Refresh;
use rows::Stage;
use session_hooks::SessionHooks;
use shelf::Shelf;
pub(crate) use stale::stale_row;
pub use track::{Entities, Tracking};
pub(crate) use track::{track, track_rows};
use undo::Undo;
pub(crate) use undo::{Mark, Outcome};

use crate::model::Model;
use crate::value::Datum;

/// What a transaction tracks.
pub(crate) struct Unit {
    /// Unique in the process, so that handles of other units do not match.
    number: u64,
    shelves: Vec<Shelf>,
    /// Pending changes of links through join models.
    joins: Vec<Joins>,
    /// Collections that are to contain certain rows and no others.
    collections: Vec<Collections>,
    /// Deleted new rows: rows that reference them follow them, unless they reference another row when they are flushed.
    forgotten: HashSet<RowRef>,
    left: Left,
    /// What flushes have done in the open transaction.
    journal: Vec<Undo>,
    /// The position in the journal at which the current flush or commit began.
    under_way: Option<Mark>,
    /// Incremented with each transaction, and with each statement of the program that may change rows: rows seen in an earlier
    /// epoch may be out of date.
    epoch: u32,
    /// The epoch in which the transaction began.
    began: u32,
    /// Locked rows that were since read with different values, by shelf and slot.
    outdone: Vec<(usize, u32)>,
    doubts: Doubts,
    /// Whether there may be something to flush.
    pending: bool,
    /// Whether statements of the program flush first.
    autoflush: bool,
    hooks: SessionHooks,
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unit").field("models", &self.shelves.len()).field("pending", &self.pending).finish()
    }
}

impl Unit {
    pub(crate) fn new() -> Self {
        Unit {
            number: fresh_number(),
            shelves: Vec::new(),
            joins: Vec::new(),
            collections: Vec::new(),
            forgotten: HashSet::new(),
            left: Left::default(),
            journal: Vec::new(),
            under_way: None,
            epoch: 0,
            began: 0,
            outdone: Vec::new(),
            doubts: Doubts::default(),
            pending: false,
            autoflush: true,
            hooks: SessionHooks::default(),
        }
    }

    /// The number that its handles contain.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Whether there may be something to flush.
    pub(crate) fn is_pending(&self) -> bool {
        self.pending
    }

    /// Stops tracking all rows; their handles become invalid.
    fn clear(&mut self) {
        self.number = fresh_number();
        self.shelves.clear();
        self.joins.clear();
        self.collections.clear();
        self.forgotten.clear();
        self.left.clear();
        self.journal.clear();
        self.under_way = None;
        self.outdone.clear();
        self.pending = false;
    }

    fn find_shelf<T: Model>(&self) -> Option<usize> {
        let model = TypeId::of::<T>();
        self.shelves.iter().position(|shelf| shelf.model == model)
    }

    /// Returns the index of a model's shelf.
    fn shelf<T: Model>(&mut self) -> usize {
        self.find_shelf::<T>().unwrap_or_else(|| {
            self.shelves.push(Shelf::of::<T>());
            self.shelves.len() - 1
        })
    }

    fn row_ref(&self, shelf: usize, slot: u32) -> RowRef {
        RowRef { unit: self.number, shelf: u32::try_from(shelf).unwrap_or(u32::MAX), slot }
    }

    /// Returns the handle of the tracked row with this key, unless the row is to be deleted.
    fn known<T: Model>(&self, key: &[Datum]) -> Option<Handle<T>> {
        let shelf = self.find_shelf::<T>()?;
        let slot = self.shelves[shelf].find(|part| key[part].clone())?;
        if self.shelves[shelf].rows.stage(slot) != Stage::Stored {
            return None;
        }
        Some(Handle::of(self.row_ref(shelf, slot)))
    }
}

fn fresh_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

//! The unit of work: the rows that a session tracks, what became of them since they were read, and the statements that
//! bring the database up to date.
//!
//! Rows of one model stand on one shelf, each in a slot that a [`Handle`] names. A row that is lent as `&mut` leaves
//! a copy of its columns behind; a flush compares the two. What a flush has done stands in a journal until the
//! transaction ends, so that a rollback can undo it in memory too.

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
    /// Unique in the process, so that no handle of another unit fits.
    number: u64,
    shelves: Vec<Shelf>,
    /// What is to become of links through join models.
    joins: Vec<Joins>,
    /// Which rows are to belong to others, and no others.
    collections: Vec<Collections>,
    /// New rows that were deleted: what points at them follows them, unless it points elsewhere when it is flushed.
    forgotten: HashSet<RowRef>,
    left: Left,
    /// What flushes have done in the open transaction.
    journal: Vec<Undo>,
    /// Where the journal was when the flush, or the commit, that is under way began.
    under_way: Option<Mark>,
    /// Counted up with each transaction, and with each statement of the program that may change rows: rows seen before may be
    /// out of date.
    epoch: u32,
    /// The epoch in which the transaction began.
    began: u32,
    /// Locked rows that were read otherwise since, by their shelves and slots.
    outdone: Vec<(usize, u32)>,
    doubts: Doubts,
    /// Whether there may be something to flush.
    pending: bool,
    /// Whether it is flushed before statements of the program.
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

    /// The number by which its handles know it.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Whether there may be something to flush.
    pub(crate) fn is_pending(&self) -> bool {
        self.pending
    }

    /// Forgets all rows; their handles fit no more.
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

    /// The position of the shelf of a model.
    fn shelf<T: Model>(&mut self) -> usize {
        self.find_shelf::<T>().unwrap_or_else(|| {
            self.shelves.push(Shelf::of::<T>());
            self.shelves.len() - 1
        })
    }

    fn row_ref(&self, shelf: usize, slot: u32) -> RowRef {
        RowRef { unit: self.number, shelf: u32::try_from(shelf).unwrap_or(u32::MAX), slot }
    }

    /// The handle of a tracked row with this key, unless it is to be deleted.
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

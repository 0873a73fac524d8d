//! Tracking the rows of queries.

use std::panic::Location;

use super::identity::same;
use super::pending::not_flushed;
use super::rows::Stage;
use super::store::State;
use super::undo::{Done, Undo};
use super::{Handle, RowRef, Unit, locked};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Model, Writable};
use crate::query::fetch;
use crate::relation::{Reader, Tree};
use crate::session::{Executor, Transaction};
use crate::syntax::Select;

/// Rows that a session can track: whole models, and tuples, options, lists and trees of them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let pairs: Vec<(Handle<Post>, Handle<User>)> = Post::query().join(|p| p.author()).track(&mut s).await?;
/// let lonely: Vec<(Handle<User>, Option<Handle<Post>>)> = User::query().left_join(|u| u.posts()).track(&mut s).await?;
/// let loaded: Vec<(Handle<User>, Vec<Handle<Post>>)> = User::query().with(|u| u.posts()).track(&mut s).await?;
/// assert_eq!((pairs.len(), lonely.len(), loaded[0].1.len()), (2, 3, 2));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row that a session can track",
    label = "not a whole row of a table (a view is only read)",
    note = "select whole rows, as in `.select(|(p, a)| (p, a))`, or read the values with `.all(..)`"
)]
pub trait Entities<H>: Sized + Send + 'static {
    /// Tracks the rows and returns their handles, in the same shape.
    #[doc(hidden)]
    fn track(self, tracking: &mut Tracking<'_>) -> H;

    /// Reserves space for this many rows.
    #[doc(hidden)]
    fn reserve(rows: usize, tracking: &mut Tracking<'_>) {
        let _ = (rows, tracking);
    }
}

/// A session that is about to track rows.
#[doc(hidden)]
#[derive(Debug)]
pub struct Tracking<'u> {
    unit: &'u mut Unit,
    /// Whether the rows were locked when they were read, and so are the latest.
    newest: bool,
    /// Whether some rows may have pending changes.
    pending: bool,
    /// The error, if the rows cannot be tracked.
    refused: Option<Error>,
}

impl Tracking<'_> {
    /// Refuses rows that a flush before the query would have changed or deleted, if no correct handle is possible.
    fn look(&mut self, row: RowRef, model: &str) {
        let shelf = &self.unit.shelves[row.shelf as usize];
        if shelf.rows.stage(row.slot) == Stage::Doomed {
            let message = format!(
                "the query returns a row of `{model}` that is marked for deletion and no longer has a \
                 handle: flush first, or read values with `.all(..)`"
            );
            self.refused = Some(Error::new(ErrorKind::InvalidQuery, message));
        } else if self.newest && shelf.is_to_change(row.slot) {
            self.refused = Some(not_flushed(model, ", then lock it"));
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Writable> Entities<Handle<T>> for T {
    fn track(self, tracking: &mut Tracking<'_>) -> Handle<T> {
        let handle = tracking.unit.track(self, tracking.newest);
        if tracking.pending {
            tracking.look(handle.row, T::table().model);
        }
        handle
    }

    fn reserve(rows: usize, tracking: &mut Tracking<'_>) {
        tracking.unit.reserve::<T>(rows);
    }
}

#[diagnostic::do_not_recommend]
impl<H, E: Entities<H>> Entities<Option<H>> for Option<E> {
    fn track(self, tracking: &mut Tracking<'_>) -> Option<H> {
        self.map(|rows| rows.track(tracking))
    }
}

#[diagnostic::do_not_recommend]
impl<H, E: Entities<H>> Entities<Vec<H>> for Vec<E> {
    fn track(self, tracking: &mut Tracking<'_>) -> Vec<H> {
        // They are loaded after the query, without its lock.
        let newest = std::mem::take(&mut tracking.newest);
        let handles = self.into_iter().map(|rows| rows.track(tracking)).collect();
        tracking.newest = newest;
        handles
    }
}

#[diagnostic::do_not_recommend]
impl<H, E: Entities<H>> Entities<Tree<H>> for Tree<E> {
    fn track(self, tracking: &mut Tracking<'_>) -> Tree<H> {
        Tree { row: self.row.track(tracking), children: self.children.track(tracking) }
    }
}

macro_rules! tuples {
    ($($row:ident $handle:ident),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($handle, $row: Entities<$handle>),*> Entities<($($handle,)*)> for ($($row,)*) {
            #[allow(non_snake_case, reason = "one variable per type")]
            fn track(self, tracking: &mut Tracking<'_>) -> ($($handle,)*) {
                let ($($row,)*) = self;
                ($($row.track(tracking),)*)
            }
        }
    };
}
tuples!(A Ah);
tuples!(A Ah, B Bh);
tuples!(A Ah, B Bh, C Ch);
tuples!(A Ah, B Bh, C Ch, D Dh);
tuples!(A Ah, B Bh, C Ch, D Dh, E Eh);
tuples!(A Ah, B Bh, C Ch, D Dh, E Eh, F Fh);
tuples!(A Ah, B Bh, C Ch, D Dh, E Eh, F Fh, G Gh);
tuples!(A Ah, B Bh, C Ch, D Dh, E Eh, F Fh, G Gh, H Hh);

/// Runs a query and tracks its rows.
pub(crate) async fn track<H, O: Entities<H>>(
    select: Box<Select>,
    reader: Reader<O>,
    tx: &mut Transaction,
    at: &'static Location<'static>,
) -> Result<Vec<H>> {
    let newest = select.lock.is_some();
    let rows = fetch(select, reader, Executor::on(&mut *tx), at).await?;
    track_rows(rows, tx, newest, at).await
}

/// Tracks rows that were read; `newest` if they were locked, and so are the latest.
pub(crate) async fn track_rows<H, O: Entities<H>>(
    rows: Vec<O>,
    tx: &mut Transaction,
    newest: bool,
    at: &'static Location<'static>,
) -> Result<Vec<H>> {
    let pending = tx.unit().is_pending();
    let mut tracking = Tracking { unit: tx.unit_mut(), newest, pending, refused: None };
    O::reserve(rows.len(), &mut tracking);
    // Not `collect`, which would reuse the larger allocation of the rows.
    let mut handles = Vec::with_capacity(rows.len());
    handles.extend(rows.into_iter().map(|rows| rows.track(&mut tracking)));
    if let Some(error) = tracking.refused {
        return Err(error);
    }
    locked::resolve(tx, at).await?;
    Ok(handles)
}

impl Unit {
    /// Reserves space for the first rows of a model: exactly, since most sessions read once.
    fn reserve<T: Model>(&mut self, rows: usize) {
        let at = self.shelf::<T>();
        let shelf = &mut self.shelves[at];
        if let Some(store) = shelf.store_mut::<T>()
            && store.is_empty()
        {
            store.reserve_exact(rows);
            shelf.reserve(rows);
        }
    }

    /// Tracks a row that was read. A row that is already tracked is overwritten only if it may be out of date and has no
    /// changes of its own.
    pub(super) fn track<T: Model>(&mut self, row: T, newest: bool) -> Handle<T> {
        self.track_as(row, newest, false)
    }

    /// Like [`track`](Self::track); `surely` if the row itself was locked, not only the row it was loaded with.
    pub(super) fn track_as<T: Model>(&mut self, row: T, newest: bool, surely: bool) -> Handle<T> {
        let at = self.shelf::<T>();
        let (epoch, began) = (self.epoch, self.began);
        let shelf = &mut self.shelves[at];
        let known = shelf.find(|part| row.column_value(T::table().primary_key[part]));
        let slot = match known {
            Some(slot) => {
                let meta = shelf.rows.meta(slot);
                let outdated = (newest || meta.seen != epoch) && shelf.is_unchanged(slot);
                // Servers compare texts by collation: the key may differ in its characters.
                let same_key = T::table()
                    .primary_key
                    .iter()
                    .all(|&part| same(&shelf.rows.value(slot, part), &row.column_value(part)));
                if outdated && same_key && shelf.rows.stage(slot) == Stage::Stored {
                    let is_locked = meta.locked && meta.seen >= began;
                    if is_locked && !surely && !shelf.is_as_read(slot, &row) {
                        self.outdone.push((at, slot));
                        return Handle::of(self.row_ref(at, slot));
                    }
                    if meta.written && !shelf.is_as_read(slot, &row) {
                        self.journal.push(Undo::new(at, slot, Done::Reread(shelf.stored_row(slot))));
                    }
                    if let Some(store) = shelf.store_mut::<T>() {
                        store.renew(slot, row);
                    }
                    let meta = shelf.rows.meta_mut(slot);
                    (meta.stored, meta.seen, meta.locked) = (None, epoch, is_locked || newest);
                }
                slot
            }
            None => {
                let slot = shelf.store_mut::<T>().map_or(0, |store| store.push(State::Stored(row), epoch));
                shelf.rows.meta_mut(slot).locked = newest;
                shelf.admit(slot);
                slot
            }
        };
        Handle::of(self.row_ref(at, slot))
    }
}

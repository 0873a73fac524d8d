//! Pending changes of `has_many` collections, whose rows have the foreign key themselves.
//!
//! A row that is removed from a collection references nothing, if its key is nullable; if it is not, the row cannot exist
//! without a parent, and is deleted.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::panic::Location;

use super::ends::End;
use super::joins::{AT_ONCE, Track, find, track};
use super::read::is_one_of;
use super::rows::Stage;
use super::{RowRef, Unit};
use crate::error::Result;
use crate::model::Model;
use crate::schema::ForeignKey;
use crate::session::Transaction;
use crate::syntax::{Select, Source};

/// The collections of one relation that are to contain certain rows and no others.
pub(super) struct Collections {
    key: &'static ForeignKey,
    /// The shelf of the rows.
    shelf: usize,
    /// For each parent, the rows that its collection is to contain.
    kept: HashMap<RowRef, HashSet<RowRef>>,
    track: Track,
}

impl Unit {
    /// Removes a row from a collection, if it is part of it.
    pub(super) fn take_out(&mut self, key: &'static ForeignKey, parent: RowRef, child: RowRef) -> Result<()> {
        if !self.points_at(child, key, parent) {
            return Ok(());
        }
        if key.optional() {
            return self.link(child, key, None);
        }
        self.shelves[child.shelf as usize].dismiss(child.slot);
        self.pending = true;
        Ok(())
    }

    /// Reduces a collection to these rows: removes others that are tracked with changes now, and those that a flush will find.
    pub(super) fn keep_only<C: Model>(
        &mut self,
        key: &'static ForeignKey,
        parent: RowRef,
        kept: &[RowRef],
    ) -> Result<()> {
        let shelf = self.shelf::<C>();
        let kept: HashSet<RowRef> = kept.iter().copied().collect();
        let rows = &self.shelves[shelf];
        let here = rows.drafts.iter().chain(&rows.touched).copied().chain(rows.links.slots());
        let is_there = |slot: &u32| rows.rows.stage(*slot).stays();
        let here: BTreeSet<u32> = here.filter(is_there).collect();
        for slot in here {
            let child = self.row_ref(shelf, slot);
            if !kept.contains(&child) {
                self.take_out(key, parent, child)?;
            }
        }
        let known = self.collections.iter().position(|collections| std::ptr::eq(collections.key, key));
        let at = known.unwrap_or_else(|| {
            self.collections.push(Collections { key, shelf, kept: HashMap::new(), track: track::<C> });
            self.collections.len() - 1
        });
        self.collections[at].kept.insert(parent, kept);
        self.pending = true;
        Ok(())
    }

    /// Records that a row that was added to a collection stays in it.
    pub(super) fn keep(&mut self, key: &'static ForeignKey, parent: RowRef, child: RowRef) {
        let of_key = self.collections.iter_mut().filter(|collections| std::ptr::eq(collections.key, key));
        for kept in of_key.filter_map(|collections| collections.kept.get_mut(&parent)) {
            kept.insert(child);
        }
    }

    /// Whether a row references another one, or will.
    fn points_at(&self, child: RowRef, key: &ForeignKey, parent: RowRef) -> bool {
        let Some(end) = self.end_to_be(child, key) else { return false };
        // A new row may have its key already.
        let is_new = matches!(self.stage_of(parent), Ok(Stage::New));
        let its_key = || self.to_be(parent, key.parent_columns()).map(End::Key);
        end == self.end(parent, key) || (is_new && its_key() == Some(end))
    }

    /// Selects the rows that belong to these parents.
    fn select_children(&self, collections: &Collections) -> Vec<Select> {
        let Collections { key, shelf, kept, .. } = collections;
        let table = self.shelves[*shelf].table;
        // Also for parents to be deleted: what was removed from them remains.
        let stored = kept.keys().filter(|row| self.is_in_database(**row));
        let values =
            |row: &RowRef| self.shelves[row.shelf as usize].stored_values(row.slot, key.parent_columns());
        let keys: Vec<_> = stored.map(values).collect();
        let select = |keys: &[Vec<_>]| {
            let mut select = Select::new(table);
            select.filter.push(is_one_of(Source::table(select.base), table, key.columns, keys));
            select
        };
        keys.chunks(AT_ONCE / key.columns.len().max(1)).map(select).collect()
    }

    /// Before a rollback, removes the tracked rows that are not to be kept: the rows that flushes of this transaction have added
    /// to a collection are no longer in the database when the next flush looks there.
    pub(super) fn take_out_known(&mut self) {
        for at in 0..self.collections.len() {
            let Collections { key, shelf, .. } = self.collections[at];
            let rows = &self.shelves[shelf];
            let is_put = |slot: &u32| !key.columns.iter().any(|&column| rows.is_changed(*slot, column));
            let here = rows.stored_slots().into_iter().filter(is_put).collect();
            // Cannot fail for existing rows.
            let _ = self.take_out_found(at, here);
        }
    }

    /// Removes those of the rows found that are not to be kept.
    fn take_out_found(&mut self, at: usize, found: Vec<u32>) -> Result<()> {
        let Collections { key, shelf, .. } = self.collections[at];
        // Cloned, since the original is needed until the end: the flush may be tried again.
        let kept = self.collections[at].kept.clone();
        let parents: HashMap<_, _> =
            kept.iter().map(|(&parent, kept)| (self.end(parent, key), (parent, kept))).collect();
        for slot in found {
            let rows = &self.shelves[shelf];
            let child = self.row_ref(shelf, slot);
            let parent = rows.current(slot, key.columns).and_then(|values| parents.get(&End::Key(values)));
            match parent {
                Some((parent, kept)) if rows.rows.stage(slot) == Stage::Stored && !kept.contains(&child) => {
                    self.take_out(key, *parent, child)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Looks up the rows of collections that are to contain certain rows only, and removes the others.
pub(super) async fn settle(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    for collections in 0..tx.unit().collections.len() {
        let selects = tx.unit().select_children(&tx.unit().collections[collections]);
        let Collections { shelf, track, .. } = tx.unit().collections[collections];
        let found = find(tx, shelf, selects, track, at).await?;
        tx.unit_mut().take_out_found(collections, found)?;
    }
    tx.unit_mut().collections.clear();
    Ok(())
}

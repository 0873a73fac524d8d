//! Links to stored rows, in case the keys of these rows change before the flush.

use std::collections::BTreeMap;

use super::identity::same;
use super::rows::Stage;
use super::{RowRef, Shelf, Unit};
use crate::schema::ForeignKey;

/// The rows that rows of one model were linked to in this transaction, by the slots of the linking rows.
///
/// Their columns contain the key that the target had then. If it changes, the same flush may give the old key to another row.
#[derive(Debug, Default)]
pub(super) struct Aims(BTreeMap<u32, Vec<Aim>>);

#[derive(Debug, Clone, Copy)]
struct Aim {
    key: &'static ForeignKey,
    parent: RowRef,
}

impl Aims {
    /// Sets which stored row a row links to by a foreign key, or none, replacing what was set before.
    pub(super) fn set(&mut self, slot: u32, key: &'static ForeignKey, parent: Option<RowRef>) {
        if let Some(aims) = self.0.get_mut(&slot) {
            aims.retain(|aim| !std::ptr::eq(aim.key, key));
        }
        if let Some(parent) = parent {
            self.0.entry(slot).or_default().push(Aim { key, parent });
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Unit {
    /// Updates links if keys change in this flush, except for columns that were set to something else since.
    pub(super) fn follow_aims(&mut self) {
        if self.shelves.iter().all(|shelf| shelf.aims.0.is_empty()) || !self.keys_change() {
            return;
        }
        for at in 0..self.shelves.len() {
            let aims = self.shelves[at].aims.0.iter();
            let aims: Vec<(u32, Aim)> =
                aims.flat_map(|(&slot, aims)| aims.iter().map(move |&aim| (slot, aim))).collect();
            for (slot, aim) in aims {
                if self.is_aimed(at, slot, aim) {
                    self.shelves[at].hold(slot, aim);
                }
            }
        }
    }

    /// Whether a flush would change referenced columns.
    fn keys_change(&self) -> bool {
        self.shelves.iter().any(|shelf| {
            let keys = self.pointed_at(shelf.table);
            let changes =
                |&slot: &u32| keys.iter().copied().flatten().any(|&column| shelf.is_to_be_set(slot, column));
            shelf.to_update().iter().any(changes)
        })
    }

    /// Whether the pending values of a row still reference the row that it was linked to.
    fn is_aimed(&self, at: usize, slot: u32, Aim { key, parent }: Aim) -> bool {
        let shelf = &self.shelves[at];
        if !self.is_in_database(parent) {
            return false;
        }
        let is_so = |(&column, &part): (&u16, &u16)| {
            let stored = self.shelves[parent.shelf as usize].stored_value(parent.slot, part);
            same(&shelf.rows.value(slot, column), &stored)
        };
        shelf.rows.stage(slot) == Stage::Stored
            && key.columns.iter().any(|&column| shelf.is_changed(slot, column))
            && key.columns.iter().zip(key.parent_columns()).all(is_so)
    }
}

impl Shelf {
    /// Links a row to the key that another row will have.
    fn hold(&mut self, slot: u32, Aim { key, parent }: Aim) {
        for (&column, node) in key.columns.iter().zip(parent.held(key.parent_columns())) {
            self.links.set(slot, column, node);
        }
    }
}

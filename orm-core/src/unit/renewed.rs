//! Rows that are new again after a rollback, and the rows that reference them by keys they no longer have.

use std::collections::HashMap;

use super::identity::Identity;
use super::links::is_own;
use super::rows::Stage;
use super::undo::Done;
use super::{RowRef, Shelf, Unit};
use crate::schema::ForeignKey;
use crate::syntax::Node;

/// The new rows of each shelf, by their former values in referenced columns.
pub(super) type Renewed = HashMap<(u32, &'static [u16]), HashMap<Identity, Again>>;

/// A row that is new again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    row: RowRef,
    /// Whether its key may differ from the former one: the server generated it, or another one has been set since.
    is_other: bool,
}

impl Unit {
    /// The rows that flushes have inserted since the journal had `done` entries.
    pub(super) fn counted_keys(&self, done: usize) -> Renewed {
        let mut renewed = Renewed::new();
        let keys: Vec<Vec<&'static [u16]>> =
            self.shelves.iter().map(|shelf| self.pointed_at(shelf.table)).collect();
        for undo in self.journal.iter().skip(done) {
            let shelf = &self.shelves[undo.shelf as usize];
            let Done::Inserted { unset, kept } = &undo.done else { continue };
            let row = RowRef { unit: self.number, shelf: undo.shelf, slot: undo.slot };
            // A key that was changed since is no longer the former one, either, nor need it be what other rows contain.
            let is_given = |part: &u16| unset.contains(part) || kept.iter().any(|(column, _)| column == part);
            let is_other = |part: &u16| is_given(part) || shelf.is_changed(undo.slot, *part);
            for &key in &keys[undo.shelf as usize] {
                let rows = renewed.entry((undo.shelf, key)).or_default();
                let again = Again { row, is_other: key.iter().any(is_other) };
                rows.insert(Identity::new(shelf.stored_values(undo.slot, key)), again);
            }
        }
        renewed
    }

    /// Replaces references to the former keys of these rows by references to the rows themselves.
    pub(super) fn point_at_new(&mut self, renewed: &Renewed) {
        for (&(parent, columns), keys) in renewed {
            let parent = self.shelves[parent as usize].table;
            let leads = |key: &&&ForeignKey| (key.parent)().is(parent) && key.parent_columns() == columns;
            for shelf in &mut self.shelves {
                for key in shelf.table.foreign_keys.iter().filter(leads) {
                    shelf.point_at_new(key, keys);
                }
            }
        }
    }
}

impl Shelf {
    fn point_at_new(&mut self, key: &ForeignKey, keys: &HashMap<Identity, Again>) {
        for slot in self.drafts.clone() {
            if self.rows.stage(slot) != Stage::New {
                continue;
            }
            let again = self.drafted(slot, key.columns).and_then(|key| keys.get(&key));
            let Some(&Again { row, is_other }) = again else { continue };
            let draft = self.rows.draft_mut(slot);
            for (&column, node) in key.columns.iter().zip(key_of(row, key)) {
                // What a row needs itself stays, if it will be right.
                if is_other || !is_own(key, column) {
                    draft[usize::from(column)] = node;
                }
            }
        }
        for slot in self.touched.clone() {
            let is_changed = key.columns.iter().any(|&column| self.is_changed(slot, column));
            let is_linked = key.columns.iter().any(|&column| self.is_linked(slot, column));
            if !is_changed || is_linked || self.rows.stage(slot) != Stage::Stored {
                continue;
            }
            let again = self.current(slot, key.columns).and_then(|key| keys.get(&key));
            // The value in the session stays if it will be right.
            let Some(&Again { row, .. }) = again.filter(|again| again.is_other) else { continue };
            for (&column, node) in key.columns.iter().zip(key_of(row, key)) {
                self.links.set(slot, column, node);
            }
        }
    }
}

/// The key of a row that does not have it yet, as nodes.
fn key_of(row: RowRef, key: &ForeignKey) -> Vec<Node> {
    row.held(key.parent_columns()).collect()
}

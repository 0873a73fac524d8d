//! Rows that are new again after a rollback: what points at them by keys that they have no more.

use std::collections::HashMap;

use super::identity::Identity;
use super::rows::Stage;
use super::undo::Done;
use super::{RowRef, Shelf, Unit};
use crate::schema::ForeignKey;
use crate::syntax::Node;

/// New rows of each shelf by what they had in the columns that foreign keys point at.
pub(super) type Renewed = HashMap<(u32, &'static [u16]), HashMap<Identity, Again>>;

/// A row that is new again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    row: RowRef,
    /// Whether it may get another key than it had: the server gave it, or another one was said since.
    is_other: bool,
}

impl Unit {
    /// The rows that flushes have inserted since the journal had so many entries.
    pub(super) fn counted_keys(&self, done: usize) -> Renewed {
        let mut renewed = Renewed::new();
        let keys: Vec<Vec<&'static [u16]>> =
            self.shelves.iter().map(|shelf| self.pointed_at(shelf.table)).collect();
        for undo in self.journal.iter().skip(done) {
            let shelf = &self.shelves[undo.shelf as usize];
            let Done::Inserted { unset, kept } = &undo.done else { continue };
            let row = RowRef { unit: self.number, shelf: undo.shelf, slot: undo.slot };
            // Those that another key was said for since are not what they were, either, nor need be what other rows have given.
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

    /// Lets what was to point at one of these rows, by the key that it had, point at the row.
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
            let Some(&Again { row, .. }) = again else { continue };
            let draft = self.rows.draft_mut(slot);
            for (&column, node) in key.columns.iter().zip(key_of(row, key)) {
                draft[usize::from(column)] = node;
            }
        }
        for slot in self.touched.clone() {
            let is_changed = key.columns.iter().any(|&column| self.is_changed(slot, column));
            let is_linked = key.columns.iter().any(|&column| self.is_linked(slot, column));
            if !is_changed || is_linked || self.rows.stage(slot) != Stage::Stored {
                continue;
            }
            let again = self.current(slot, key.columns).and_then(|key| keys.get(&key));
            // What is in hand stays as it is, if it will be right.
            let Some(&Again { row, .. }) = again.filter(|again| again.is_other) else { continue };
            for (&column, node) in key.columns.iter().zip(key_of(row, key)) {
                self.links.set(slot, column, node);
            }
        }
    }
}

/// What a key points at in a row, which it has not yet.
fn key_of(row: RowRef, key: &ForeignKey) -> Vec<Node> {
    row.held(key.parent_columns()).collect()
}

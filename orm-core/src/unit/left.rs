//! References to rows that have left the session but are still in the database.

use std::collections::HashMap;

use super::rows::Stage;
use super::undo::Done;
use super::{RowRef, Shelf, Unit};
use crate::error::Result;
use crate::syntax::{HeldKey, Node};
use crate::value::Datum;

/// The values of rows that are no longer tracked, in their keys and in other referenced columns.
#[derive(Debug, Default)]
pub(super) struct Left(HashMap<RowRef, Vec<(u16, Datum)>>);

impl Left {
    /// The row is no longer in the database.
    fn remove(&mut self, row: RowRef) {
        self.0.remove(&row);
    }

    /// The row is in the database as it was before.
    fn restore(&mut self, row: RowRef, before: &[Datum]) {
        for (column, value) in self.0.get_mut(&row).into_iter().flatten() {
            value.clone_from(&before[usize::from(*column)]);
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    fn value(&self, row: RowRef, column: u16) -> Option<&Datum> {
        self.0.get(&row)?.iter().find(|(known, _)| *known == column).map(|(_, value)| value)
    }
}

impl Unit {
    /// Keeps the values of a leaving row that others may be about to reference, now or after a rollback.
    pub(super) fn keep_key(&mut self, row: RowRef) {
        let shelf = &self.shelves[row.shelf as usize];
        let is_used = self.pending || !self.journal.is_empty();
        if !is_used || !shelf.is_in_database(row.slot) {
            return;
        }
        let keys = self.pointed_at(shelf.table);
        if !keys.is_empty() {
            let columns = keys.into_iter().chain([shelf.table.primary_key]).flatten();
            let kept = columns.map(|&column| (column, shelf.stored_value(row.slot, column))).collect();
            self.left.0.insert(row, kept);
        }
    }

    /// Undoes a change in what is known of a row that has left.
    pub(super) fn rejoin(&mut self, shelf: u32, slot: u32, done: &Done) {
        let row = RowRef { unit: self.number, shelf, slot };
        match done {
            Done::Inserted { .. } => self.left.remove(row),
            Done::Updated { before, .. } => self.left.restore(row, before),
            Done::Deleted { .. }
            | Done::Followed(_)
            | Done::Computed(_)
            | Done::Vacated(..)
            | Done::Reread(_) => {}
        }
    }

    /// Replaces references to rows that have left by their values, or by the slots in which they are tracked again.
    pub(super) fn settle_left(&mut self) -> Result<()> {
        if self.left.0.is_empty() {
            return Ok(());
        }
        for at in 0..self.shelves.len() {
            for slot in self.shelves[at].drafts.clone() {
                for column in 0..self.shelves[at].rows.draft(slot).len() {
                    if let Some(node) = self.without_left(&self.shelves[at].rows.draft(slot)[column]) {
                        self.shelves[at].rows.draft_mut(slot)[column] = node;
                    }
                }
            }
            for slot in self.shelves[at].links.slots().collect::<Vec<u32>>() {
                for (column, node) in self.shelves[at].links.of(slot).to_vec() {
                    if let Some(node) = self.without_left(&node) {
                        self.shelves[at].relink(slot, column, node)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn without_left(&self, node: &Node) -> Option<Node> {
        let Node::Held(held) = node else { return None };
        let value = self.left.value(held.row, held.column)?;
        let shelf = &self.shelves[held.row.shelf as usize];
        let part = |part: usize| self.left.value(held.row, shelf.table.primary_key[part]).cloned();
        let slot = shelf.find(|at| part(at).unwrap_or(Datum::Null));
        Some(match slot.filter(|&slot| shelf.rows.stage(slot) == Stage::Stored) {
            Some(slot) => Node::Held(HeldKey { row: RowRef { slot, ..held.row }, column: held.column }),
            None => Node::Value(value.clone()),
        })
    }
}

impl Shelf {
    fn relink(&mut self, slot: u32, column: u16, node: Node) -> Result<()> {
        let Node::Value(value) = node else {
            self.links.set(slot, column, node);
            return Ok(());
        };
        self.links.unset(slot, &[column]);
        self.touch(slot);
        self.rows.set(slot, column, value)
    }
}

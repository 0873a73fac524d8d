//! Rows that reference new rows which are deleted before they are inserted.

use std::collections::HashSet;

use super::rows::{Gone, Stage};
use super::{RowRef, Shelf, Unit};
use crate::schema::{ForeignKey, ReferentialAction};
use crate::syntax::Node;
use crate::value::Datum;

impl Unit {
    /// Applies ON DELETE to new rows and links that reference dropped new rows, as the database would; unless it `cascades`,
    /// only SET NULL.
    pub(super) fn follow_gone(&mut self, mut gone: HashSet<RowRef>, why: Gone, cascades: bool) {
        while !gone.is_empty() {
            let mut next = HashSet::new();
            for at in 0..self.shelves.len() {
                for key in self.shelves[at].table.foreign_keys {
                    let slots = self.shelves[at].follow_gone(key, &gone, why, cascades);
                    next.extend(slots.into_iter().map(|slot| self.row_ref(at, slot)));
                }
            }
            gone = next;
        }
    }
}

impl Shelf {
    /// Applies one foreign key to rows whose parents are gone. Returns the new rows that are dropped with them.
    fn follow_gone(
        &mut self,
        key: &ForeignKey,
        gone: &HashSet<RowRef>,
        why: Gone,
        cascades: bool,
    ) -> Vec<u32> {
        let leads = |column: &u16, node: &Node| {
            key.columns.contains(column) && matches!(node, Node::Held(held) if gone.contains(&held.row))
        };
        let mut dropped = Vec::new();
        for slot in self.drafts.clone() {
            let is_orphan = (0u16..).zip(self.rows.draft(slot)).any(|(column, node)| leads(&column, node));
            if !is_orphan || self.rows.stage(slot) != Stage::New {
                continue;
            }
            match key.on_delete {
                ReferentialAction::Cascade if cascades => {
                    self.rows.drop_row(slot, why);
                    dropped.push(slot);
                }
                ReferentialAction::SetNull => {
                    let columns = key.columns.iter().filter(|&&column| self.table.column(column).nullable);
                    let draft = self.rows.draft_mut(slot);
                    columns.for_each(|&column| draft[usize::from(column)] = Node::Value(Datum::Null));
                }
                _ => {}
            }
        }
        if key.on_delete == ReferentialAction::SetNull {
            for (slot, column) in self.links.which(leads) {
                self.links.unset(slot, &[column]);
                // A row to be deleted keeps its value, in case it comes back.
                if self.rows.stage(slot) == Stage::Stored {
                    self.touch(slot);
                    // If the column is not nullable, it keeps its value.
                    let _ = self.rows.set(slot, column, Datum::Null);
                }
            }
        }
        dropped
    }
}

//! What a flush has written.

use std::collections::BTreeMap;

use super::changes::{Changed, Changes};
use super::identity::same;
use super::rows::Stage;
use super::undo::{Done, Mark, Undo};
use super::{Shelf, Unit};
use crate::value::Datum;

/// A row as it was before a flush.
enum Before {
    /// It did not exist.
    New,
    /// It had these values in these columns, and its current values in the others.
    Stored(BTreeMap<u16, Datum>),
}

impl Unit {
    /// What flushes have written since `mark`, with each row once. This includes what the database has done by itself to tracked
    /// rows.
    pub(super) fn written(&self, since: Mark) -> Changes {
        let mut rows: BTreeMap<(u32, u32), Before> = BTreeMap::new();
        let done = self.done_since(since).iter();
        for Undo { shelf, slot, done } in done.filter(|undo| !matches!(undo.done, Done::Reread(_))) {
            let row = rows.entry((*shelf, *slot)).or_insert_with(|| match done {
                Done::Inserted { .. } => Before::New,
                _ => Before::Stored(BTreeMap::new()),
            });
            row.was(done);
        }
        let mut changes = Changes::default();
        for ((shelf, slot), before) in rows {
            self.shelves[shelf as usize].tell(slot, before, &mut changes);
        }
        changes
    }
}

impl Before {
    /// Records former values; the first value recorded for a column counts.
    fn was(&mut self, done: &Done) {
        let Before::Stored(columns) = self else { return };
        match done {
            Done::Updated { before, .. } => {
                for (column, value) in (0u16..).zip(before) {
                    columns.entry(column).or_insert_with(|| value.clone());
                }
            }
            Done::Followed(before) | Done::Computed(before) => {
                for (column, value) in before {
                    columns.entry(*column).or_insert_with(|| value.clone());
                }
            }
            Done::Vacated(column, value) => drop(columns.entry(*column).or_insert_with(|| value.clone())),
            Done::Inserted { .. } | Done::Deleted { .. } | Done::Reread(_) => {}
        }
    }
}

impl Shelf {
    /// Adds what happened to a row.
    fn tell(&self, slot: u32, before: Before, changes: &mut Changes) {
        let is_deleted = self.rows.stage(slot) == Stage::Deleted;
        match before {
            Before::New if is_deleted => {}
            Before::New => {
                let columns: Vec<u16> = (0..self.table.width()).collect();
                let after = self.after(slot, &columns);
                changes.inserted.push(self.describe(self.key(slot), columns, Vec::new(), after));
            }
            Before::Stored(before) if is_deleted => changes.deleted.push(self.deleted(slot, &before)),
            Before::Stored(before) => changes.updated.extend(self.updated(slot, before)),
        }
    }

    /// Describes the update of a row with these former values; `None` if nothing has changed.
    fn updated(&self, slot: u32, mut before: BTreeMap<u16, Datum>) -> Option<Changed> {
        before.retain(|&column, value| !same(&self.rows.value(slot, column), value));
        let key = |part: &u16| before.get(part).cloned().unwrap_or_else(|| self.rows.value(slot, *part));
        let key = self.table.primary_key.iter().map(key).collect();
        let (columns, before): (Vec<u16>, Vec<Datum>) = before.into_iter().unzip();
        let after = self.after(slot, &columns);
        (!columns.is_empty()).then(|| self.describe(key, columns, before, after))
    }

    fn after(&self, slot: u32, columns: &[u16]) -> Vec<Option<Datum>> {
        columns.iter().map(|&column| Some(self.rows.value(slot, column))).collect()
    }
}

//! What the database does by itself to rows that reference others, done to those of them that are tracked.
//!
//! A foreign key says what becomes of its rows when the row that they reference is deleted, or gets another key. The
//! database does it, to rows that are tracked and to others; here the tracked ones follow, so that what the session has
//! is what there is.

use std::collections::HashMap;

use super::identity::{Identity, same};
use super::rows::Stage;
use super::undo::{Done, Undo};
use super::{Shelf, Unit};
use crate::schema::{ForeignKey, ReferentialAction, Table};
use crate::value::Datum;

/// Keys of one table that are there no more, each with the one that has taken its place, if the row is still there.
struct Gone {
    table: &'static Table,
    keys: HashMap<Identity, Option<Vec<Datum>>>,
}

/// What becomes of a row.
enum Fate {
    Deleted,
    /// Columns are set.
    Set(Vec<(u16, Datum)>),
}

impl Unit {
    /// Follows what became of the rows that reference deleted ones.
    pub(super) fn after_deletes(&mut self, at: usize, slots: &[u32]) {
        let shelf = &self.shelves[at];
        // Rows that are marked as deleted are still there.
        if shelf.table.soft_delete.is_none() && self.is_followed(shelf.table) {
            let keys = slots.iter().map(|&slot| (Identity::new(shelf.key(slot)), None)).collect();
            self.follow(Gone { table: shelf.table, keys });
        }
    }

    /// Follows what became of the rows that reference those whose keys have changed, from `before`.
    pub(super) fn after_moves(&mut self, at: usize, moves: Vec<(u32, Vec<Datum>)>) {
        let shelf = &self.shelves[at];
        if self.is_followed(shelf.table) {
            let keys = moves
                .into_iter()
                .map(|(slot, before)| (Identity::new(before), Some(shelf.key(slot))))
                .collect();
            self.follow(Gone { table: shelf.table, keys });
        }
    }

    /// Whether tracked rows may reference a table by keys with an action.
    fn is_followed(&self, table: &Table) -> bool {
        self.shelves.iter().any(|shelf| actions(shelf.table, table).next().is_some())
    }

    fn follow(&mut self, gone: Gone) {
        let mut rest = vec![gone];
        while let Some(Gone { table: parent, keys }) = rest.pop() {
            for at in 0..self.shelves.len() {
                for key in actions(self.shelves[at].table, parent) {
                    let next = self.follow_key(at, key, &keys);
                    if !next.keys.is_empty() {
                        rest.push(next);
                    }
                }
            }
        }
    }

    /// Does to the rows on a shelf what one foreign key does. Gives what rows that reference them have to follow.
    fn follow_key(
        &mut self,
        at: usize,
        key: &ForeignKey,
        gone: &HashMap<Identity, Option<Vec<Datum>>>,
    ) -> Gone {
        let shelf = &mut self.shelves[at];
        let mut next = Gone { table: shelf.table, keys: HashMap::new() };
        for slot in shelf.stored_slots() {
            let parent = key.columns.iter().map(|&column| shelf.stored_value(slot, column));
            let Some(now) = Identity::of(parent).and_then(|parent| gone.get(&parent)) else { continue };
            let Some(fate) = fate(shelf.table, key, now.as_deref()) else { continue };
            let before = shelf.key(slot);
            let done = match fate {
                Fate::Deleted => {
                    shelf.expel(slot);
                    shelf.rows.shift(slot, Stage::Deleted);
                    next.keys.insert(Identity::new(before), None);
                    Done::Deleted { asked: false }
                }
                Fate::Set(columns) => {
                    let undone = shelf.was_set(slot, columns);
                    let after = shelf.key(slot);
                    if !before.iter().zip(&after).all(|(before, after)| same(before, after)) {
                        next.keys.insert(Identity::new(before), Some(after));
                    }
                    Done::Followed(undone)
                }
            };
            self.journal.push(Undo::new(at, slot, done));
        }
        next
    }
}

/// The foreign keys of one table to another that do something by themselves.
fn actions(child: &'static Table, parent: &Table) -> impl Iterator<Item = &'static ForeignKey> {
    let acts = |action| matches!(action, ReferentialAction::Cascade | ReferentialAction::SetNull);
    let keys =
        child.foreign_keys.iter().copied().filter(move |key| acts(key.on_delete) || acts(key.on_update));
    let keys: Vec<&'static ForeignKey> =
        keys.filter(|key| (key.parent)().is(parent) && child.bind == parent.bind).collect();
    keys.into_iter()
}

/// What a key does to a row that references one which is deleted, or has the key `now`.
fn fate(table: &Table, key: &ForeignKey, now: Option<&[Datum]>) -> Option<Fate> {
    let action = if now.is_none() { key.on_delete } else { key.on_update };
    match (action, now) {
        (ReferentialAction::Cascade, None) => Some(Fate::Deleted),
        (ReferentialAction::Cascade, Some(now)) => {
            Some(Fate::Set(key.columns.iter().copied().zip(now.iter().cloned()).collect()))
        }
        (ReferentialAction::SetNull, _) => {
            let nullable = key.columns.iter().filter(|&&column| table.column(column).nullable);
            Some(Fate::Set(nullable.map(|&column| (column, Datum::Null)).collect()))
        }
        // No model says SET DEFAULT: only a description of a database does.
        (ReferentialAction::NoAction | ReferentialAction::Restrict | ReferentialAction::SetDefault, _) => {
            None
        }
    }
}

impl Shelf {
    /// Takes over columns that the database has set; those that were changed here stay so. Gives what the database had.
    pub(super) fn was_set(&mut self, slot: u32, columns: Vec<(u16, Datum)>) -> Vec<(u16, Datum)> {
        self.expel(slot);
        let mut before = Vec::with_capacity(columns.len());
        for (column, value) in columns {
            before.push((column, self.stored_value(slot, column)));
            if !self.is_changed(slot, column) {
                // A value of the same column, or NULL where that may be: it fits.
                let _ = self.rows.set(slot, column, value.clone());
            }
            if let Some(stored) = &mut self.rows.meta_mut(slot).stored {
                stored[usize::from(column)] = value;
            }
        }
        self.admit(slot);
        before
    }
}

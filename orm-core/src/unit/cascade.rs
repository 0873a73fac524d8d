//! Applying the referential actions of foreign keys to tracked rows.
//!
//! A foreign key says what happens to its rows when the row that they reference is deleted, or gets another key. The
//! database does this for all rows, whether they are tracked or not; here, tracked rows follow, so that the session
//! matches the database.

use std::collections::{BTreeMap, HashMap};

use super::identity::{Identity, same};
use super::rows::Stage;
use super::undo::{Done, Mark, Undo};
use super::{Shelf, Unit};
use crate::schema::{ForeignKey, ReferentialAction, Table};
use crate::value::Datum;

/// Values that rows of one table no longer have in the columns of a key, each with the new values, if the row still exists.
struct Gone {
    table: &'static Table,
    key: &'static [u16],
    values: HashMap<Identity, Option<Vec<Datum>>>,
}

/// The former values of rows in the columns of a key, by slot.
pub(super) struct Moved {
    pub(super) key: &'static [u16],
    pub(super) before: Vec<(u32, Vec<Datum>)>,
}

/// What happens to a row.
enum Fate {
    Deleted,
    /// Columns are set.
    Set(Vec<(u16, Datum)>),
}

impl Unit {
    /// Applies ON DELETE to the rows that reference deleted ones.
    pub(super) fn after_deletes(&mut self, at: usize, slots: &[u32]) {
        let shelf = &self.shelves[at];
        // Soft-deleted rows still exist.
        if shelf.table.soft_delete.is_some() {
            return;
        }
        let gone = self.followed(shelf.table).into_iter().map(|key| {
            let values = |&slot: &u32| (Identity::new(shelf.stored_values(slot, key)), None);
            Gone { table: shelf.table, key, values: slots.iter().map(values).collect() }
        });
        let gone = gone.collect();
        self.follow(gone);
    }

    /// Applies ON UPDATE to the rows that reference rows whose keys have changed.
    pub(super) fn after_moves(&mut self, at: usize, moved: Vec<Moved>) {
        let shelf = &self.shelves[at];
        let gone = moved.into_iter().map(|Moved { key, before }| {
            let values = |(slot, before)| (Identity::new(before), Some(shelf.stored_values(slot, key)));
            Gone { table: shelf.table, key, values: before.into_iter().map(values).collect() }
        });
        let gone = gone.collect();
        self.follow(gone);
    }

    /// The columns by which tracked rows may reference a table with an action: its primary key, or unique ones.
    pub(super) fn followed(&self, table: &Table) -> Vec<&'static [u16]> {
        let mut keys: Vec<&'static [u16]> = Vec::new();
        for key in self.shelves.iter().flat_map(|shelf| actions(shelf.table, table)) {
            if !keys.contains(&key.parent_columns()) {
                keys.push(key.parent_columns());
            }
        }
        keys
    }

    /// The rows that have followed others since `mark` and have generated columns, by shelf.
    pub(super) fn followers(&self, mark: Mark) -> BTreeMap<usize, Vec<u32>> {
        let mut followers: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for Undo { shelf, slot, done } in self.done_since(mark) {
            if !matches!(done, Done::Followed(_)) {
                continue;
            }
            let Shelf { table, rows, .. } = &self.shelves[*shelf as usize];
            let is_computed = table.columns.iter().any(|column| column.generated.is_some());
            if is_computed && rows.stage(*slot) == Stage::Stored {
                followers.entry(*shelf as usize).or_default().push(*slot);
            }
        }
        followers
    }

    fn follow(&mut self, gone: Vec<Gone>) {
        let mut rest = gone;
        while let Some(gone) = rest.pop() {
            for at in 0..self.shelves.len() {
                let keys = actions(self.shelves[at].table, gone.table);
                for key in keys.filter(|key| key.parent_columns() == gone.key) {
                    let next = self.follow_key(at, key, &gone.values);
                    rest.extend(next.into_iter().filter(|next| !next.values.is_empty()));
                }
            }
        }
    }

    /// Applies one foreign key to the rows on a shelf. Returns the changes that rows which reference them have to follow.
    fn follow_key(
        &mut self,
        at: usize,
        key: &ForeignKey,
        gone: &HashMap<Identity, Option<Vec<Datum>>>,
    ) -> Vec<Gone> {
        let followed = self.followed(self.shelves[at].table);
        let shelf = &mut self.shelves[at];
        let table = shelf.table;
        let next = followed.into_iter().map(|key| Gone { table, key, values: HashMap::new() });
        let mut next: Vec<Gone> = next.collect();
        for slot in shelf.stored_slots() {
            let parent = key.columns.iter().map(|&column| shelf.stored_value(slot, column));
            let Some(now) = Identity::of(parent).and_then(|parent| gone.get(&parent)) else { continue };
            let Some(fate) = fate(shelf.table, key, now.as_deref()) else { continue };
            let before: Vec<Vec<Datum>> =
                next.iter().map(|next| shelf.stored_values(slot, next.key)).collect();
            let done = match fate {
                Fate::Deleted => {
                    shelf.expel(slot);
                    shelf.rows.shift(slot, Stage::Deleted);
                    for (next, before) in next.iter_mut().zip(before) {
                        next.values.insert(Identity::new(before), None);
                    }
                    Done::Deleted { asked: false }
                }
                Fate::Set(columns) => {
                    let undone = shelf.was_set(slot, columns);
                    for (next, before) in next.iter_mut().zip(before) {
                        let after = shelf.stored_values(slot, next.key);
                        if !before.iter().zip(&after).all(|(before, after)| same(before, after)) {
                            next.values.insert(Identity::new(before), Some(after));
                        }
                    }
                    Done::Followed(undone)
                }
            };
            self.journal.push(Undo::new(at, slot, done));
        }
        next
    }
}

/// The foreign keys from one table to another that have an action.
fn actions(child: &'static Table, parent: &Table) -> impl Iterator<Item = &'static ForeignKey> {
    let acts = |action| matches!(action, ReferentialAction::Cascade | ReferentialAction::SetNull);
    let keys =
        child.foreign_keys.iter().copied().filter(move |key| acts(key.on_delete) || acts(key.on_update));
    let keys: Vec<&'static ForeignKey> =
        keys.filter(|key| (key.parent)().is(parent) && child.bind == parent.bind).collect();
    keys.into_iter()
}

/// What a key does to a row whose referenced row is deleted, or gets the key `now`.
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
        // No model has SET DEFAULT: only descriptions of databases do.
        (ReferentialAction::NoAction | ReferentialAction::Restrict | ReferentialAction::SetDefault, _) => {
            None
        }
    }
}

impl Shelf {
    /// Takes over columns that the database has set, except those with pending changes. Returns the former values.
    pub(super) fn was_set(&mut self, slot: u32, columns: Vec<(u16, Datum)>) -> Vec<(u16, Datum)> {
        self.expel(slot);
        let mut before = Vec::with_capacity(columns.len());
        for (column, value) in columns {
            before.push((column, self.stored_value(slot, column)));
            if !self.is_changed(slot, column) {
                // Cannot fail: it is a value of a column of the same type, or NULL in a nullable column.
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

//! Deleting rows.

use std::panic::Location;

use super::pending::missing;
use super::read::{TRACKED, is_one_of, keys_at_once};
use super::rows::{Event, Gone, Stage};
use super::stale::stale;
use super::undo::{Done, Undo};
use super::{Tracked, Unit};
use crate::error::Result;
use crate::model::Model;
use crate::session::{Lease, Transaction};
use crate::syntax::{Command, Delete};
use crate::value::Datum;

impl Transaction {
    /// Marks a row to be deleted by the next flush: after all inserts and updates, and before the rows that it
    /// references. A new row that is not inserted yet is forgotten; the flush applies its foreign keys to rows that reference it.
    ///
    /// If the row no longer exists, this is no error, unless it has a version.
    ///
    /// What happens to the rows that reference it depends on their foreign keys: `on_delete = cascade` deletes them,
    /// `set_null` sets their keys to NULL, and by default the database refuses the delete. The database does this itself,
    /// without running hooks for them; the rows that the session tracks follow.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// for post in Post::query().track(&mut s).await? {
    ///     s.delete(post)?;
    /// }
    /// s.commit().await?; // one statement
    /// assert_eq!(Post::query().count(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotTracked` if the row belongs to another session, or was deleted, forgotten or rolled back.
    pub fn delete<R: Tracked>(&mut self, row: R) -> Result<()> {
        let (unit, row) = (self.unit_mut(), row.row().0);
        let stage = unit.stage_of(row)?;
        let shelf = &mut unit.shelves[row.shelf as usize];
        match stage {
            Stage::New => {
                shelf.rows.drop_row(row.slot, Gone::Deleted);
                unit.forgotten.insert(row);
            }
            Stage::Stored => {
                shelf.doom(row.slot);
                unit.pending = true;
            }
            stage => return Err(missing(stage, R::Model::table().model)),
        }
        Ok(())
    }
}

/// Deletes rows of one model.
pub(super) async fn delete(
    tx: &mut Transaction,
    shelf: usize,
    slots: &[u32],
    at: &'static Location<'static>,
) -> Result<()> {
    let table = tx.unit().shelves[shelf].table;
    let versioned = table.version_column().is_some();
    // If a statement has deleted the row, a new row may have its key: this delete must not hit it.
    let rows = &tx.unit().shelves[shelf].rows;
    let (slots, gone): (Vec<u32>, Vec<u32>) =
        slots.iter().copied().partition(|&slot| rows.stage(slot) == Stage::Doomed);
    if versioned && let [gone, ..] = gone[..] {
        return Err(stale(tx, shelf, &[gone], &[], at).await);
    }
    for slots in slots.chunks(keys_at_once(table)) {
        let command = Command::Delete(Box::new(tx.unit().delete_command(shelf, slots)));
        let affected = Lease::open(tx, None, table.bind).await?.run(command, &mut (), at).await?.affected;
        if versioned && affected != slots.len() as u64 {
            return Err(stale(tx, shelf, slots, &[], at).await);
        }
        tx.unit_mut().deleted(shelf, slots);
    }
    Ok(())
}

impl Unit {
    fn delete_command(&self, shelf: usize, slots: &[u32]) -> Delete {
        let shelf = &self.shelves[shelf];
        let mut delete = Delete::new(shelf.table);
        // A tracked row that is already soft-deleted is marked again.
        delete.target.sight = TRACKED;
        let source = delete.target.source();
        let columns: Vec<u16> = shelf.identifying().collect();
        let row = |&slot: &u32| columns.iter().map(|&column| shelf.expected_value(slot, column)).collect();
        let rows: Vec<Vec<Datum>> = slots.iter().map(row).collect();
        delete.target.filter.push(is_one_of(source, shelf.table, &columns, &rows));
        delete
    }

    fn deleted(&mut self, at: usize, slots: &[u32]) {
        let shelf = &mut self.shelves[at];
        for &slot in slots {
            shelf.rows.after(slot, Event::Delete);
            shelf.expel(slot);
            shelf.rows.shift(slot, Stage::Deleted);
            self.journal.push(Undo::new(at, slot, Done::Deleted { asked: true }));
        }
        self.after_deletes(at, slots);
        // It may have changed rows that are not tracked.
        self.disturb();
    }
}

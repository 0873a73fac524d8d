//! Rows that a transaction has locked, and reads again without a lock.
//!
//! A locking read returns the latest values; without a lock, MySQL and MariaDB return those of the transaction's first read. So
//! a locked row is not overwritten by other values read without a lock: they may be older, or the result of a statement
//! of the transaction itself. To find out, the row is read again with a lock.

use std::panic::Location;

use super::identity::same_read;
use super::read::{keys_at_once, read_again};
use super::rows::Stage;
use super::undo::{Done, Undo};
use super::{RowRef, Shelf, Unit};
use crate::error::Result;
use crate::model::Model;
use crate::session::Transaction;
use crate::syntax::Strength;

impl Shelf {
    /// Whether a row has no changes of its own, which a read would overwrite.
    pub(super) fn is_unchanged(&self, slot: u32) -> bool {
        self.rows.meta(slot).stored.is_none() || !self.is_to_change(slot)
    }

    /// Whether a tracked row equals the one that was just read.
    pub(super) fn is_as_read<T: Model>(&self, slot: u32, row: &T) -> bool {
        (0..self.table.width())
            .all(|column| same_read(&self.rows.value(slot, column), &row.column_value(column)))
    }
}

impl Unit {
    /// Whether the transaction locked a row when it read it.
    pub(super) fn is_locked(&self, row: RowRef) -> bool {
        let meta = self.shelves[row.shelf as usize].rows.meta(row.slot);
        meta.locked && meta.seen >= self.began
    }
}

/// Updates locked rows that were read with other values.
pub(super) async fn resolve(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    if tx.unit().outdone.is_empty() {
        return Ok(());
    }
    let outdone = std::mem::take(&mut tx.unit_mut().outdone);
    for shelf in 0..tx.unit().shelves.len() {
        let mut slots: Vec<u32> =
            outdone.iter().filter(|(other, _)| *other == shelf).map(|(_, slot)| *slot).collect();
        slots.sort_unstable();
        slots.dedup();
        // If an error came in between, the program may have changed them since.
        let rows = &tx.unit().shelves[shelf];
        slots.retain(|&slot| rows.rows.stage(slot) == Stage::Stored && rows.is_unchanged(slot));
        for slots in slots.chunks(keys_at_once(tx.unit().shelves[shelf].table)) {
            let found = read_again(tx, shelf, slots, Strength::Share, at).await?;
            let unit = tx.unit_mut();
            let rows = &mut unit.shelves[shelf];
            for row in found {
                let key = |part: usize| row[usize::from(rows.table.primary_key[part])].clone();
                let Some(slot) = rows.find(key).filter(|&slot| rows.rows.stage(slot) == Stage::Stored) else {
                    continue;
                };
                if rows.rows.meta(slot).written {
                    unit.journal.push(Undo::new(shelf, slot, Done::Reread(rows.stored_row(slot))));
                }
                rows.rows.meta_mut(slot).stored = None;
                rows.rows.set_all(slot, row)?;
                rows.rows.meta_mut(slot).seen = unit.epoch;
            }
        }
    }
    Ok(())
}

//! Rows that a transaction has locked, and reads once more without a lock.
//!
//! A lock reads what is there now; without one, MySQL and MariaDB show what was there at the first read of the transaction. So a
//! row that was locked is not overwritten by what is read otherwise: it may be older, or what a statement of the
//! transaction itself has made of the row since. The row is read once more as it was locked, which tells.

use std::panic::Location;

use super::identity::same;
use super::read::{keys_at_once, read_again};
use super::rows::Stage;
use super::{RowRef, Shelf, Unit};
use crate::error::Result;
use crate::model::Model;
use crate::session::Transaction;
use crate::syntax::Strength;

impl Shelf {
    /// Whether a row has no changes of its own, which what is read would overwrite.
    pub(super) fn is_unchanged(&self, slot: u32) -> bool {
        self.rows.meta(slot).stored.is_none() || !self.is_to_change(slot)
    }

    /// Whether a row is in hand as it was read just now.
    pub(super) fn is_as_read<T: Model>(&self, slot: u32, row: &T) -> bool {
        (0..self.table.width()).all(|column| same(&self.rows.value(slot, column), &row.column_value(column)))
    }
}

impl Unit {
    /// Whether the transaction has locked a row when it read it.
    pub(super) fn is_locked(&self, row: RowRef) -> bool {
        let meta = self.shelves[row.shelf as usize].rows.meta(row.slot);
        meta.locked && meta.seen >= self.began
    }
}

/// Brings locked rows up to date that were read otherwise.
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
        // If an error came between, the program may have changed them since.
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
                rows.rows.meta_mut(slot).stored = None;
                rows.rows.set_all(slot, row)?;
                rows.rows.meta_mut(slot).seen = unit.epoch;
            }
        }
    }
    Ok(())
}

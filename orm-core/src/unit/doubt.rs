//! Rows that were read after a statement that was rolled back: their values may exist in no database.

use std::ops::RangeInclusive;
use std::panic::Location;

use super::identity::same_read;
use super::read::{keys_at_once, read_again};
use super::stale::undone_row;
use super::{Shelf, Unit};
use crate::error::Result;
use crate::session::Transaction;
use crate::syntax::Strength;

/// Which rows are in doubt, by the epochs in which they were seen.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    /// The epoch since which a statement of the open transaction may have changed rows.
    since: Option<u32>,
    /// The epochs of transactions and savepoints that were rolled back: apart from one another, the newest last.
    undone: Vec<RangeInclusive<u32>>,
}

impl Doubts {
    /// A statement may change rows that are read from now on.
    pub(super) fn begin(&mut self, epoch: u32) {
        self.since.get_or_insert(epoch);
    }

    /// The transaction was committed.
    pub(super) fn settle(&mut self) {
        self.since = None;
    }

    /// What was seen from an epoch on until now was rolled back.
    pub(super) fn undo(&mut self, from: u32, now: u32) {
        let Some(since) = self.since.take_if(|since| *since <= now) else { return };
        let from_then = since.max(from);
        if from_then <= now {
            // Savepoints in it that were rolled back before are part of it.
            while self.undone.pop_if(|epochs| *epochs.start() >= from_then).is_some() {}
            self.undone.push(from_then..=now);
        }
        // What came before a savepoint remains.
        self.since = (since < from).then_some(since);
    }

    fn cover(&self, epoch: u32) -> bool {
        let next = self.undone.partition_point(|epochs| *epochs.end() < epoch);
        self.undone.get(next).is_some_and(|epochs| epochs.contains(&epoch))
    }
}

impl Unit {
    /// Records that a statement of the program may change rows: whatever is read from now on is newer than tracked rows.
    pub(crate) fn disturb(&mut self) {
        self.epoch = self.epoch.wrapping_add(1);
        self.doubts.begin(self.epoch);
    }
}

impl Shelf {
    /// The rows in doubt that were linked, or borrowed mutably: a column may have been set to what only seems to be its value.
    fn doubtful(&self, doubts: &Doubts) -> Vec<u32> {
        let mut slots = self.to_update();
        slots.retain(|&slot| {
            let meta = self.rows.meta(slot);
            doubts.cover(meta.seen) && (meta.stored.is_some() || !self.links.of(slot).is_empty())
        });
        slots
    }
}

/// Checks that rows in doubt are as they were read, before a flush determines what was changed in them.
pub(super) async fn resolve(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    if tx.unit().doubts.undone.is_empty() {
        return Ok(());
    }
    for shelf in 0..tx.unit().shelves.len() {
        let unit = tx.unit();
        let slots = unit.shelves[shelf].doubtful(&unit.doubts);
        for slots in slots.chunks(keys_at_once(unit.shelves[shelf].table)) {
            compare(tx, shelf, slots, at).await?;
        }
    }
    Ok(())
}

async fn compare(
    tx: &mut Transaction,
    shelf: usize,
    slots: &[u32],
    at: &'static Location<'static>,
) -> Result<()> {
    let found = read_again(tx, shelf, slots, Strength::Update, at).await?;
    let unit = tx.unit_mut();
    let rows = &mut unit.shelves[shelf];
    // They mostly come in the order in which they were read: each is searched from after the previous one.
    let mut next = 0;
    for &slot in slots {
        let is_as_read = |(column, value): (u16, &_)| same_read(value, &rows.stored_value(slot, column));
        let mut places = (next..found.len()).chain(0..next);
        let Some(place) = places.find(|&place| (0u16..).zip(&found[place]).all(is_as_read)) else {
            return Err(undone_row(rows.table, &rows.key(slot)));
        };
        next = place + 1;
        rows.rows.meta_mut(slot).seen = unit.epoch;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Doubts;

    fn covered(doubts: &Doubts) -> Vec<u32> {
        (0..10).filter(|&epoch| doubts.cover(epoch)).collect()
    }

    #[test]
    fn what_was_seen_behind_a_statement_is_in_doubt() {
        let mut doubts = Doubts::default();
        doubts.undo(0, 3);
        assert!(covered(&doubts).is_empty());
        doubts.begin(2);
        doubts.begin(3);
        doubts.undo(0, 4);
        assert_eq!(covered(&doubts), [2, 3, 4]);
        doubts.begin(6);
        doubts.settle();
        doubts.undo(0, 7);
        assert_eq!(covered(&doubts), [2, 3, 4]);
    }

    #[test]
    fn a_savepoint_undoes_what_was_seen_in_it() {
        let mut doubts = Doubts::default();
        doubts.begin(1);
        doubts.undo(3, 2); // no statement in it
        assert!(covered(&doubts).is_empty());
        doubts.begin(3);
        doubts.undo(3, 4);
        assert_eq!(covered(&doubts), [3, 4]);
        doubts.undo(0, 5);
        assert_eq!(covered(&doubts), [1, 2, 3, 4, 5]);
        assert_eq!(doubts.undone, [1..=5]);
        doubts.begin(7);
        doubts.undo(0, 8);
        assert_eq!(covered(&doubts), [1, 2, 3, 4, 5, 7, 8]);
    }
}

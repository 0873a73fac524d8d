//! Columns that are temporarily NULL, so that another row can take their value.

use std::panic::Location;

use super::read::TRACKED;
use super::rows::Stage;
use super::stale::stale;
use super::undo::{Done, Undo};
use super::{Shelf, Unit};
use crate::error::Result;
use crate::session::{Lease, Transaction};
use crate::syntax::{ColumnRef, Command, Node, Update};
use crate::value::Datum;

/// Sets a column of a row to NULL temporarily. The row keeps its version.
pub(super) async fn vacate(
    tx: &mut Transaction,
    shelf: usize,
    slot: u32,
    column: u16,
    at: &'static Location<'static>,
) -> Result<()> {
    let rows = &tx.unit().shelves[shelf];
    let table = rows.table;
    let mut update = Update::new(table);
    update.target.sight = TRACKED;
    let source = update.target.source();
    let kept = (0u16..).zip(table.columns).filter(|(_, column)| column.version || column.on_update.is_some());
    for column in kept.map(|(at, _)| ColumnRef::new(source, at)) {
        update.assign(column, Node::Column(column));
    }
    update.assign(ColumnRef::new(source, column), Node::Value(Datum::Null));
    update.target.filter = rows.is_as_expected(source, slot);
    let affected = Lease::open(tx, None, table.bind)
        .await?
        .run(Command::Update(Box::new(update)), &mut (), at)
        .await?
        .affected;
    if affected != 1 {
        return Err(stale(tx, shelf, &[slot], &[], at).await);
    }
    tx.unit_mut().vacated(shelf, slot, column);
    Ok(())
}

impl Shelf {
    /// Restores what a column contained in the database before it was temporarily NULL. A pending value remains.
    pub(super) fn occupy(&mut self, slot: u32, column: u16, before: Datum) {
        if !self.is_in_database(slot) {
            return;
        }
        if let Some(stored) = &mut self.rows.meta_mut(slot).stored {
            stored[usize::from(column)] = before;
            return;
        }
        // Cannot fail: this was the row's own value.
        let _ = self.rows.set(slot, column, before);
    }
}

impl Unit {
    /// Records that a column is NULL in the database; the row's update then sets it, whatever its value.
    fn vacated(&mut self, at: usize, slot: u32, column: u16) {
        let shelf = &mut self.shelves[at];
        // A row to be deleted needs no update.
        if shelf.rows.stage(slot) != Stage::Stored {
            return;
        }
        shelf.touch(slot);
        if let Some(stored) = &mut shelf.rows.meta_mut(slot).stored {
            let before = std::mem::replace(&mut stored[usize::from(column)], Datum::Null);
            self.journal.push(Undo::new(at, slot, Done::Vacated(column, before)));
        }
    }
}

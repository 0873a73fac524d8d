//! Columns that are NULL for a while, so that another row can take their value.

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

/// Lets a row have NULL in a column for a while. It keeps its version.
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
    /// Lets a column be in the database what it was before it was NULL for a while. What it is to be stays so, if anything is.
    pub(super) fn occupy(&mut self, slot: u32, column: u16, before: Datum) {
        if !matches!(self.rows.stage(slot), Stage::Stored | Stage::Doomed) {
            return;
        }
        if let Some(stored) = &mut self.rows.meta_mut(slot).stored {
            stored[usize::from(column)] = before;
            return;
        }
        // A value of the row's own: it fits.
        let _ = self.rows.set(slot, column, before);
    }
}

impl Unit {
    /// Takes over that the database has NULL in a column of a row, whose update sets it then, whatever it is to be.
    fn vacated(&mut self, at: usize, slot: u32, column: u16) {
        let shelf = &mut self.shelves[at];
        // One that is to be deleted needs nothing any more.
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

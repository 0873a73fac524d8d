//! Flushes.

use std::panic::Location;

use super::plan::{Step, plan};
use super::{Unit, collections, delete, doubt, insert, joins, update};
use crate::error::Result;
use crate::session::{Pending, Transaction};

impl Transaction {
    /// Sends what was added, changed and marked to be deleted since the last flush: a statement or two for each table,
    /// however many rows. It is a part of the transaction, and lasts once that is committed.
    ///
    /// Queries in the session flush first, and so do savepoints and commits, so that this is seldom called: to have the
    /// keys of new rows, or to see an error at its place.
    ///
    /// Rows are inserted in the order in which they were added, each after those that it references; then changed rows
    /// are updated, and last the deleted ones go, both by the order of their keys. Of a changed row, the columns that are
    /// different are sent, and if none is, nothing. Where a row takes a unique value that another one gives up, that one
    /// comes first; where rows wait for one another in a circle, a column that may be NULL is NULL for a while.
    ///
    /// Of a new row, what the server fills in is read. What a trigger makes of the rest is not seen before a
    /// [`refresh`](Self::refresh).
    ///
    /// If a flush fails, nothing is lost: what was to be flushed still is, with all handles. Its transaction is of no use
    /// any more, and refuses statements until [`rollback`](crate::Session::rollback), or until the savepoint that it is
    /// in is undone.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let cid = s.add(User::insert().email("cid@example.org").name("Cid"));
    /// s.flush().await?;
    /// assert_eq!(s[s.saved(cid)?].id, 3);
    /// assert_eq!(User::query().count(&mut s).await?, 3);
    /// s.rollback().await?;
    /// assert_eq!(User::query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Stale` if a row changed, or went, since it was read; the message names it. `InvalidQuery` if the rows cannot
    /// be put in an order; then, as when a hook refuses, nothing was sent. Else what the database says to a statement.
    #[track_caller]
    pub fn flush(&mut self) -> Pending<'_, ()> {
        let at = Location::caller();
        Pending::new(flush(self, at))
    }
}

/// As [`flush`], at no cost if there is nothing to do.
pub(crate) async fn flush_if_pending(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    if tx.unit().is_pending() { Box::pin(flush(tx, at)).await } else { Ok(()) }
}

/// Brings the database up to date.
pub(crate) async fn flush(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    tx.check()?;
    if !tx.unit().is_pending() {
        return Ok(());
    }
    settle(tx, at).await?;
    Unit::before_flush(tx)?;
    // The hooks may have linked some more.
    settle(tx, at).await?;
    doubt::resolve(tx, at).await?;
    tx.unit_mut().prepare()?;
    let mark = tx.unit().mark();
    let steps = plan(tx.unit())?;
    tx.unit_mut().under_way(Some(mark));
    for step in steps {
        if let Err(error) = run(tx, step, at).await {
            tx.unit_mut().reopen(mark, true);
            tx.unit_mut().under_way(None);
            tx.fail(&error);
            return Err(error);
        }
    }
    tx.unit_mut().flushed();
    tx.unit_mut().under_way(None);
    Ok(())
}

/// Finds out what links and collections take.
async fn settle(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    joins::settle(tx, at).await?;
    collections::settle(tx, at).await
}

async fn run(tx: &mut Transaction, step: Step, at: &'static Location<'static>) -> Result<()> {
    match step {
        Step::Insert { shelf, slots, postponed } => insert::insert(tx, shelf, &slots, &postponed, at).await,
        Step::Update { shelf, slots } => update::update(tx, shelf, &slots, at).await,
        Step::Vacate { shelf, slot, columns } => update::vacate(tx, shelf, slot, &columns, at).await,
        Step::Delete { shelf, slots } => delete::delete(tx, shelf, &slots, at).await,
    }
}

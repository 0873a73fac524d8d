//! Flushes.

use std::panic::Location;

use super::plan::{Step, plan};
use super::undo::Mark;
use super::{Unit, collections, delete, doubt, insert, joins, update, vacate};
use crate::error::{Error, ErrorKind, Result};
use crate::session::{Pending, Transaction};

/// The maximum number of flush rounds for rows that hooks add after a flush. A log that logs itself doubles its rows each time.
const ROUNDS: usize = 10;

impl Transaction {
    /// Sends what was added, changed and marked as deleted since the last flush: a statement or two for each table,
    /// however many rows there are. The flush is part of the transaction, and permanent once that is committed.
    ///
    /// Statements in the session flush first, unless [autoflush is off](Self::set_autoflush), and so do savepoints and commits.
    /// So this is seldom called explicitly: to get the keys of new rows, or to get an error at a certain place.
    ///
    /// Rows are inserted in the order in which they were added, each after those that it references; then changed rows
    /// are updated, and finally deleted rows are deleted, both in the order of their keys. Only the columns of a changed row that
    /// differ are sent (in models without a version, all columns of an embedded enum in which one differs), and if none does,
    /// nothing. If a row takes a unique value that another one gives up, that one is sent first; if rows wait for each other
    /// in a cycle, a nullable column is temporarily set to NULL.
    ///
    /// For a new row, values that the server generates are read back. What a trigger changes in other columns is seen only after
    /// a [`refresh`](Self::refresh).
    ///
    /// If a flush fails, nothing is lost: what was pending still is, with all handles. But its transaction is unusable,
    /// and refuses statements until it is rolled back with [`rollback`](crate::Session::rollback), or until the savepoint
    /// around the flush is.
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
    /// Kind `Stale` if a row has changed or been deleted since it was read; the message names the row. `InvalidQuery` if the
    /// rows cannot be ordered; then, as when a hook refuses, nothing was sent. Otherwise the errors of the statements.
    #[track_caller]
    pub fn flush(&mut self) -> Pending<'_, ()> {
        let at = Location::caller();
        Pending::new(flush(self, at))
    }

    /// Sets whether statements in the session flush first (autoflush), as they do by default. With `false`, you can read while
    /// you build rows that cannot be sent yet. It applies until it is set again, also in the next transaction. Commits,
    /// savepoints, [`flush`](Self::flush), and bulk loads, which use a savepoint, still flush.
    ///
    /// While it is off, statements see what is in the database, not what is pending.
    ///
    /// - New rows are not found by any query or `get`. A row to be deleted is still returned as a value; `get` and `find` treat
    ///   it as missing, and [`track`](crate::Query::track) returns an error for it, since it can have no handle.
    /// - A row with changes keeps all of its values in the session if it is read again. A query or `get` that locks it would
    ///   have to update it, and is an error.
    /// - Statements that change rows, including raw ones, run before pending changes, which are sent later: if both set a
    ///   column, the pending change wins, and a row whose version they have incremented is then
    ///   [`Stale`](crate::ErrorKind::Stale). Flush before such statements.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let cid = s.add(User::insert().email("ann@example.org").name("Cid")); // the address is still Ann's
    /// s.set_autoflush(false);
    /// let ann = User::query().filter(|u| u.email.eq("ann@example.org")).track(&mut s).await?;
    /// s.set_autoflush(true);
    /// s[ann[0]].email = "ann@example.com".into();
    /// s.commit().await?;
    /// assert_eq!(s[s.saved(cid)?].email, "ann@example.org");
    /// # Ok(()) }) }
    /// ```
    pub fn set_autoflush(&mut self, on: bool) {
        self.unit_mut().autoflush = on;
    }

    /// Returns whether statements in the session flush first; see [`set_autoflush`](Self::set_autoflush).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// async fn count_stored(mut tx: &mut Transaction) -> orm::Result<i64> {
    ///     let before = tx.autoflush();
    ///     tx.set_autoflush(false);
    ///     let count = User::query().count(&mut tx).await;
    ///     tx.set_autoflush(before);
    ///     count
    /// }
    /// let mut s = db.session();
    /// s.add(User::insert().email("cid@example.org").name("Cid"));
    /// assert_eq!(count_stored(&mut s).await?, 2);
    /// assert!(s.autoflush());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn autoflush(&self) -> bool {
        self.unit().autoflush
    }
}

impl Unit {
    /// Returns where a flush begins: here, unless one was dropped between two statements, which it continues.
    fn begin_flush(&self) -> Mark {
        self.under_way.unwrap_or_else(|| self.mark())
    }
}

/// Flushes before a statement of the program, unless autoflush is off.
pub(crate) async fn autoflush(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    if tx.autoflush() && tx.unit().is_pending() { Box::pin(flush(tx, at)).await } else { Ok(()) }
}

/// Like [`flush`], at no cost if there is nothing to do.
pub(crate) async fn flush_if_pending(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    if tx.unit().is_pending() { Box::pin(flush(tx, at)).await } else { Ok(()) }
}

/// Flushes pending changes, and what hooks add in response.
pub(crate) async fn flush(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    tx.check()?;
    tx.unit().check_hooks()?;
    let first = tx.unit().begin_flush();
    let flushed = in_rounds(tx, at, first).await;
    match &flushed {
        Ok(()) => tx.unit_mut().under_way(None),
        Err(error) => give_up(tx, first, error),
    }
    flushed
}

async fn in_rounds(tx: &mut Transaction, at: &'static Location<'static>, first: Mark) -> Result<()> {
    for round in 0..ROUNDS {
        if !tx.unit().is_pending() {
            return Ok(());
        }
        let since = if round == 0 { first } else { tx.unit().mark() };
        settle(tx, at).await?;
        if round == 0 {
            Unit::before_flush(tx)?;
            // The hooks may have linked more rows.
            settle(tx, at).await?;
        }
        send(tx, at, first).await?;
        if !Unit::after_flush(tx, since)? {
            return Ok(());
        }
    }
    let message = format!(
        "the `after_flush` hooks added more changes in each of {ROUNDS} flushes: they also see the rows that \
         they add themselves, and must skip them"
    );
    Err(Error::new(ErrorKind::InvalidQuery, message))
}

/// Sends the pending changes.
async fn send(tx: &mut Transaction, at: &'static Location<'static>, first: Mark) -> Result<()> {
    doubt::resolve(tx, at).await?;
    tx.unit_mut().prepare()?;
    let steps = plan(tx.unit())?;
    tx.unit_mut().under_way(Some(first));
    let since = tx.unit().mark();
    for step in steps {
        run(tx, step, at).await?;
    }
    for (shelf, slots) in tx.unit().followers(since) {
        update::read_computed(tx, shelf, &slots, at).await?;
    }
    tx.unit_mut().flushed();
    Ok(())
}

/// Makes everything pending again after an error. If something was sent, the transaction becomes unusable.
fn give_up(tx: &mut Transaction, first: Mark, error: &Error) {
    if tx.unit_mut().is_stopped() {
        tx.unit_mut().reopen(first, true);
        tx.fail(error);
    }
    tx.unit_mut().drop_made_by_hooks();
}

/// Turns pending changes of links and collections into changes of rows.
async fn settle(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    tx.unit_mut().settle_left()?;
    joins::settle(tx, at).await?;
    collections::settle(tx, at).await
}

async fn run(tx: &mut Transaction, step: Step, at: &'static Location<'static>) -> Result<()> {
    match step {
        Step::Insert { shelf, slots, postponed } => insert::insert(tx, shelf, &slots, &postponed, at).await,
        Step::Update { shelf, slots } => update::update(tx, shelf, &slots, at).await,
        Step::Vacate { shelf, slot, column } => vacate::vacate(tx, shelf, slot, column, at).await,
        Step::Delete { shelf, slots } => delete::delete(tx, shelf, &slots, at).await,
    }
}

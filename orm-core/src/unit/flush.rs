//! Flushes.

use std::panic::Location;

use super::plan::{Step, plan};
use super::undo::Mark;
use super::{Unit, collections, delete, doubt, insert, joins, update, vacate};
use crate::error::{Error, ErrorKind, Result};
use crate::session::{Pending, Transaction};

/// How often what hooks add behind a flush is flushed in turn. A log that logs itself has rows that double each time.
const ROUNDS: usize = 10;

impl Transaction {
    /// Sends what was added, changed and marked to be deleted since the last flush: a statement or two for each table,
    /// however many rows. It is a part of the transaction, and lasts once that is committed.
    ///
    /// Statements in the session flush first, unless [that is off](Self::set_autoflush), and so do savepoints and commits, so
    /// that this is seldom called: to have the keys of new rows, or to see an error at its place.
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

    /// Whether statements in the session flush first, as they do unless this says `false`: while rows are put together that
    /// cannot be sent yet, something else may have to be read. It holds until it is said otherwise, also in the next
    /// transaction. Commits, savepoints, [`flush`](Self::flush), and bulk loads, which are a savepoint, flush all the same.
    ///
    /// While it is off, statements see what is in the database: not what waits to be sent.
    ///
    /// - New rows are found by no query and by no `get`. A row to be deleted is read as a value by whoever reads it, `get` and
    ///   `find` say that it is not there, and to [`track`](crate::Query::track) it is an error, since there can be no handle of it.
    /// - A row with changes stays as it is here, with all of its columns, if it is read again. A query, or a `get`, that
    ///   locks it would have to bring it up to date, and is an error.
    /// - Statements that change rows, raw ones too, run before what waits, which is sent behind them: where both set a
    ///   column, what waits wins, and a row with a version that they have counted up is [`Stale`](crate::ErrorKind::Stale) then.
    ///   Flush before such statements.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let cid = s.add(User::insert().email("ann@example.org").name("Cid")); // the address is Ann's, so far
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

    /// Whether statements in the session flush first; see [`set_autoflush`](Self::set_autoflush).
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

/// What a statement of the program does first.
pub(crate) async fn autoflush(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    if tx.autoflush() && tx.unit().is_pending() { Box::pin(flush(tx, at)).await } else { Ok(()) }
}

/// As [`flush`], at no cost if there is nothing to do.
pub(crate) async fn flush_if_pending(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    if tx.unit().is_pending() { Box::pin(flush(tx, at)).await } else { Ok(()) }
}

/// Brings the database up to date, also with what hooks add when they are told of it.
pub(crate) async fn flush(tx: &mut Transaction, at: &'static Location<'static>) -> Result<()> {
    tx.check()?;
    tx.unit().check_hooks()?;
    let first = tx.unit().mark();
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
        let since = tx.unit().mark();
        settle(tx, at).await?;
        if round == 0 {
            Unit::before_flush(tx)?;
            // The hooks may have linked some more.
            settle(tx, at).await?;
        }
        send(tx, at, first).await?;
        if !Unit::after_flush(tx, since)? {
            return Ok(());
        }
    }
    let message = format!(
        "what `after_flush` has added was flushed {ROUNDS} times, and each time it has added more: it is told of its own rows, \
         too, and has to pass over them"
    );
    Err(Error::new(ErrorKind::InvalidQuery, message))
}

/// Sends what waits.
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

/// Lets what was to be flushed wait again. If something was sent, the transaction is of no use any more.
fn give_up(tx: &mut Transaction, first: Mark, error: &Error) {
    if tx.unit_mut().is_stopped() {
        tx.unit_mut().reopen(first, true);
        tx.fail(error);
    }
    tx.unit_mut().drop_made_by_hooks();
}

/// Finds out what links and collections take.
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

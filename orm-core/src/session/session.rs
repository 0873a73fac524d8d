//! Sessions.

use std::ops::{Deref, DerefMut};
use std::panic::Location;

use super::{On, Pending, Transaction};
use crate::database::Database;
use crate::driver::Begin;
use crate::error::Result;

/// A unit of work over one transaction at a time, which you end with [`commit`](Self::commit) or
/// [`rollback`](Self::rollback).
///
/// A new session holds no connection: its first statement takes one and begins the transaction. Commit, rollback, close
/// and drop return the connection to the pool, reset; after commit and rollback, the session is ready for the next
/// transaction.
///
/// A session also tracks rows: `get`, `find` and [`Query::track`](crate::Query::track) return handles, `s[handle]` is the
/// row, which you can read and change in place, and `add`, `link`, `attach` and `delete` register other changes. A
/// flush, which is part of every commit, sends the difference: see [`Transaction::flush`].
///
/// If it is dropped without a commit, it rolls back: an early `?`, a panic or a cancelled future commits nothing and
/// leaks nothing.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let ann = s.get::<User>(1).await?;
/// s[ann].name = "Anna".into();
/// s.add(Post::insert().author(ann).title("Third").published(true));
/// Post::delete().filter(|p| p.published.is_false()).execute(&mut s).await?;
/// s.commit().await?;
/// assert_eq!(User::find(1).one(db).await?.name, "Anna");
/// assert_eq!(Post::query().select(|p| p.title).all(db).await?, ["Hello", "Third"]);
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Session {
    inner: Transaction,
    /// It was ended for good.
    closed: bool,
}

impl Session {
    pub(crate) fn of(database: Database, begin: Begin) -> Self {
        let setup = database.setup().cloned();
        let mut inner = Transaction::of(database, begin);
        if let Some(setup) = setup {
            setup(&mut inner);
        }
        Session { inner, closed: false }
    }

    /// Selects one database of the transaction; see [`Transaction::on`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let db = Database::builder().url("sqlite::memory:").bind("archive", "sqlite::memory:").open()?;
    /// db.on("archive")?.create_tables::<User>().await?;
    /// let mut s = db.session();
    /// User::insert().email("old@example.org").name("Old").execute(s.on("archive")?).await?;
    /// s.commit().await?;
    /// assert_eq!(User::query().count(&db.on("archive")?).await?, 1);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if there is no such database; the message lists the databases there are.
    pub fn on(&mut self, bind: &str) -> Result<On<'_>> {
        self.inner.on(bind)
    }

    /// Commits the transaction and returns the connection. Does nothing if no statement has run since the last transaction.
    ///
    /// If the connection breaks during the commit, the kind is `CommitInDoubt`: only the server knows whether the
    /// transaction was committed. This is never reported as success or as a plain failure.
    ///
    /// If the session has changed several databases, each is committed on its own, the default one first, then the
    /// others in the order in which they were registered. If one fails after another was committed, the kind is
    /// `PartialCommit`, and the message says which were committed. Data that must change atomically belongs in one
    /// database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// Post::delete().all_rows().execute(&mut s).await?;
    /// s.commit().await?;
    /// assert_eq!(Post::query().count(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn commit(&mut self) -> Pending<'_, ()> {
        Pending::new(self.inner.commit_all(Location::caller()))
    }

    pub(super) async fn commit_at(&mut self, at: &'static Location<'static>) -> Result<()> {
        self.inner.commit_all(at).await
    }

    /// Rolls back, whatever state the transaction is in, and returns the connection.
    ///
    /// In the session, what flushes have sent is pending again: new rows are new again, without the keys the server assigned,
    /// and changes are changes. Rows whose deletion was sent by the commit or flush that failed are still to be deleted;
    /// those deleted by an earlier flush are back. Fix the cause and commit again, or give up the changes with
    /// [`discard_changes`](Transaction::discard_changes). After a commit in doubt, the rows it covered are no longer
    /// tracked.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// Post::delete().all_rows().execute(&mut s).await?;
    /// s.rollback().await?;
    /// assert_eq!(Post::query().count(&mut s).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn rollback(&mut self) -> Pending<'_, ()> {
        Pending::new(self.inner.roll_back_all())
    }

    /// Rolls back and ends the session.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// Post::delete().all_rows().execute(&mut s).await?;
    /// s.close().await?;
    /// assert_eq!(Post::query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn close(mut self) -> Pending<'static, ()> {
        self.closed = true;
        Pending::new(async move { self.inner.roll_back_all().await })
    }
}

impl Drop for Session {
    /// Says so if changes were never sent: a forgotten commit leaves no other trace.
    fn drop(&mut self) {
        let database = self.inner.database();
        if database.is_telling() && !self.closed {
            let changes = self.inner.changes();
            if !changes.is_empty() {
                database.tell_unsent(&changes);
            }
        }
    }
}

impl Deref for Session {
    type Target = Transaction;

    fn deref(&self) -> &Transaction {
        &self.inner
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut Transaction {
        &mut self.inner
    }
}

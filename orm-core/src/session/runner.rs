//! Transactions as closures.

use std::panic::Location;
use std::time::Duration;

use super::{Retrying, Session, Transaction, inside};
use crate::database::Database;
use crate::driver::{Begin, Isolation};
use crate::error::{Error, Result};

/// A transaction about to be run, made with [`Database::transaction`]: options first, then the closure.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let renamed = db
///     .transaction()
///     .isolation(Serializable)
///     .run(async |mut tx| User::update().set(|u| u.name.to("X")).all_rows().execute(&mut tx).await)
///     .await?;
/// assert_eq!(renamed, 2);
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
#[must_use = "a transaction does nothing until `run` is given its closure"]
pub struct TransactionOptions<'d> {
    database: &'d Database,
    begin: Begin,
    at: &'static Location<'static>,
}

/// What came of one attempt.
pub(super) enum Attempt<T, E> {
    Done(T),
    Failed(E, Failure),
}

/// Whether another attempt may help.
pub(super) enum Failure {
    /// The server gave the transaction up, and may well take it next time.
    GivenUp,
    /// A row changed, or went, since the transaction read it.
    Stale,
    Other,
}

impl<'d> TransactionOptions<'d> {
    #[track_caller]
    pub(crate) fn new(database: &'d Database) -> Self {
        TransactionOptions { database, begin: Begin::default(), at: Location::caller() }
    }

    /// The isolation level, if it is to be another than [that of the
    /// database](crate::database::DatabaseBuilder::isolation). SQLite is always serializable, whatever is said.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let balanced = db.transaction().isolation(RepeatableRead).run(async |mut tx| {
    ///     let users = User::query().count(&mut tx).await?;
    ///     let posts = Post::query().count(&mut tx).await?;
    ///     Ok(users == posts)
    /// });
    /// assert!(balanced.await?);
    /// # Ok(()) }) }
    /// ```
    pub fn isolation(mut self, level: Isolation) -> Self {
        self.begin.isolation = Some(level);
        self
    }

    /// Changes nothing: the database refuses changes.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let changes = async |mut tx: &mut Transaction| Post::delete().all_rows().execute(&mut tx).await;
    /// let error = db.transaction().read_only().run(changes).await.unwrap_err();
    /// assert!(error.is_permission_denied());
    /// # Ok(()) }) }
    /// ```
    pub fn read_only(mut self) -> Self {
        self.begin.read_only = true;
        self
    }

    /// How long a statement waits for a lock, of a row or of a table that somebody changes. MySQL and MariaDB count whole
    /// seconds: a part of one is rounded up.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use std::time::Duration;
    /// let impatient = db.transaction().lock_timeout(Duration::from_secs(2));
    /// let publish = Post::update().set(|p| p.published.to(true)).all_rows();
    /// assert_eq!(impatient.run(async |mut tx| publish.execute(&mut tx).await).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn lock_timeout(mut self, timeout: Duration) -> Self {
        self.begin.lock_timeout = Some(timeout);
        self
    }

    /// Foreign keys are not looked at, and delete and change no other rows, until the transaction ends: for tables that are
    /// built anew, or filled in any order. Nothing looks at them afterwards either: whether all rows that are referenced are
    /// there is yours to see to.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.transaction().without_foreign_keys().session();
    /// User::delete().filter(|u| u.id.eq(1)).execute(&mut s).await?; // Ann has posts
    /// User::insert().id(1).email("ann@example.com").name("Ann").execute(&mut s).await?;
    /// s.commit().await?;
    /// assert_eq!(Post::query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn without_foreign_keys(mut self) -> Self {
        self.begin.without_foreign_keys = true;
        self
    }

    /// A session with these options, to be ended by hand.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.transaction().read_only().session();
    /// assert_eq!(User::query().count(&mut s).await?, 2);
    /// s.close().await?;
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn session(self) -> Session {
        Session::of(self.database.clone(), self.begin)
    }

    /// Runs the closure again, on a new transaction, up to `times` times if the server gives the transaction up and may
    /// well take it the next time: see [`Error::is_retryable`]. With [`retry_stale`](Retrying::retry_stale), also if a row
    /// has another version by then. Between two attempts it waits, longer each time, from
    /// some milliseconds up to a second, and never as long as another task. A commit in doubt is never run again.
    ///
    /// The closure is cloned for each attempt; what it captures by reference
    /// must not be changed by it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let publish = Post::update().set(|p| p.published.to(true)).filter(|p| p.author_id.eq(1));
    /// let published = db.transaction().retry(3).run(async |mut tx| publish.clone().execute(&mut tx).await).await?;
    /// assert_eq!(published, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn retry(self, times: u32) -> Retrying<'d> {
        Retrying::new(self, times)
    }

    /// Runs a closure in a transaction: commits if it returns `Ok`; rolls back if it returns `Err`, panics or is
    /// cancelled.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest = db.transaction().run(async |mut tx| {
    ///     let ann = User::find(1).one(&mut tx).await?;
    ///     Post::insert().author(&ann).title("Third").returning(&mut tx).await
    /// });
    /// assert_eq!(newest.await?.title, "Third");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The closure's own error, or that of the commit.
    // One line: rustc shows it below `run(|tx| async move { .. })`.
    #[rustfmt::skip]
    pub async fn run<T>(self, work: impl AsyncFnOnce(&mut Transaction) -> Result<T>) -> Result<T> { // `async |mut tx| ..`
        self.try_run(work).await
    }

    /// As [`run`](Self::run), with an error type of your own. Its closure needs its return type written.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// type AppError = Box<dyn std::error::Error + Send + Sync>;
    /// let total = db.transaction().try_run(async |mut tx| -> Result<i64, AppError> {
    ///     let posts = Post::query().count(&mut tx).await?;
    ///     Ok(posts + "40".parse::<i64>()?)
    /// });
    /// assert_eq!(total.await.unwrap(), 42);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The closure's own error, or that of the commit.
    pub async fn try_run<T, E: From<Error>>(
        self,
        work: impl AsyncFnOnce(&mut Transaction) -> Result<T, E>,
    ) -> Result<T, E> {
        match self.attempt(work).await {
            Attempt::Done(value) => Ok(value),
            Attempt::Failed(error, _) => Err(error),
        }
    }

    pub(super) async fn attempt<T, E: From<Error>>(
        &self,
        work: impl AsyncFnOnce(&mut Transaction) -> Result<T, E>,
    ) -> Attempt<T, E> {
        if let Err(error) = inside::check(self.database) {
            return Attempt::Failed(error.into(), Failure::Other);
        }
        let mut session = Session::of(self.database.clone(), self.begin);
        let result = match inside::scope(self.database, work(&mut session)).await {
            Ok(value) => session.commit_at(self.at).await.map(|()| value).map_err(E::from),
            Err(error) => Err(error),
        };
        match result {
            Ok(value) => Attempt::Done(value),
            Err(error) => {
                let failure = failure(&session);
                // The first error wins over one of the rollback.
                let _ = session.rollback().await;
                Attempt::Failed(error, failure)
            }
        }
    }
}

/// Read from the transaction, never from the error, which may be wrapped.
fn failure(tx: &Transaction) -> Failure {
    if tx.cause().is_some_and(Error::is_retryable) {
        Failure::GivenUp
    } else if tx.was_stale() {
        Failure::Stale
    } else {
        Failure::Other
    }
}

//! Closure transactions.

use std::panic::Location;
use std::time::Duration;

use super::{Retrying, Session, Transaction, Work, inside};
use crate::database::Database;
use crate::driver::{Begin, Isolation};
use crate::error::{Error, Result};

/// A transaction to be run, made with [`Database::transaction`]: set its options, then pass the closure to `run`.
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

/// The outcome of one attempt.
pub(super) enum Attempt<T, E> {
    Done(T),
    Failed(E, Failure),
}

/// Why an attempt failed, which says whether another may succeed.
pub(super) enum Failure {
    /// The server aborted the transaction with an error that another attempt may not meet.
    GivenUp,
    /// A row has changed or been deleted since the transaction read it.
    Stale,
    Other,
}

impl<'d> TransactionOptions<'d> {
    #[track_caller]
    pub(crate) fn new(database: &'d Database) -> Self {
        TransactionOptions { database, begin: Begin::default(), at: Location::caller() }
    }

    /// Sets the isolation level; the default is [that of the
    /// database](crate::database::DatabaseBuilder::isolation). SQLite is always serializable, whatever is set here.
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

    /// Makes the transaction read-only: the database refuses changes.
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

    /// Sets how long a statement waits for a lock, on a row or on a table that is being altered; on SQLite, for another
    /// writer. MySQL and MariaDB count whole seconds: fractions are rounded up.
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

    /// Disables foreign key checks and actions until the transaction ends: for rebuilding tables, or for filling them in any
    /// order. The rows are not checked afterwards either: it is up to you that every referenced row exists.
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

    /// Creates a session with these options, which you end yourself.
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

    /// Retries the closure in a new transaction, up to `times` times, if the server aborts the transaction with an error
    /// that may not recur, such as a deadlock: see [`Error::is_retryable`]. With [`retry_stale`](Retrying::retry_stale),
    /// also if a row has another version by then. The wait between attempts grows from some milliseconds up to a second,
    /// with jitter. A commit in doubt is never retried.
    ///
    /// The closure is cloned for each attempt; it must not change what it captures by reference.
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
    pub async fn run<T, K>(self, work: impl Work<T, Error, K>) -> Result<T> {
        self.try_run(work).await
    }

    /// Like [`run`](Self::run), with an error type of your own. The closure must state its return type.
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
    pub async fn try_run<T, E: From<Error>, K>(self, work: impl Work<T, E, K>) -> Result<T, E> {
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
                // This error takes precedence over one of the rollback.
                let _ = session.rollback().await;
                Attempt::Failed(error, failure)
            }
        }
    }
}

/// Read from the transaction, never from the error, which the closure may have wrapped.
fn failure(tx: &Transaction) -> Failure {
    if tx.cause().is_some_and(Error::is_retryable) {
        Failure::GivenUp
    } else if tx.was_stale() {
        Failure::Stale
    } else {
        Failure::Other
    }
}

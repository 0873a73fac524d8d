//! Savepoints: parts of a transaction that can be rolled back on their own.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;

use super::{On, Pending, Transaction, Work};
use crate::error::{Error, Result};

impl Transaction {
    /// Runs a closure in a savepoint: kept if it returns `Ok`; rolled back if it returns `Err`, panics or is cancelled
    /// between two statements. The transaction continues either way. Savepoints nest to any depth.
    ///
    /// A savepoint costs nothing until a statement runs in it. The closure's error takes precedence over one of the rollback;
    /// if the server has meanwhile aborted the whole transaction, as after a deadlock, the next statement reports it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let invite = async |mut tx: &mut Transaction| {
    ///     Post::delete().all_rows().execute(&mut tx).await?;
    ///     User::insert().email("ann@example.org").name("Another Ann").execute(&mut tx).await
    /// };
    /// assert!(s.savepoint(invite).await.unwrap_err().is_unique_violation());
    /// assert_eq!(Post::query().count(&mut s).await?, 2); // undone
    /// s.commit().await?;
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The closure's own error, or that of the savepoint.
    pub async fn savepoint<T, K>(&mut self, work: impl Work<T, Error, K>) -> Result<T> {
        self.try_savepoint(work).await
    }

    /// Like [`savepoint`](Self::savepoint), with an error type of your own. The closure must state its return type.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// type AppError = Box<dyn std::error::Error + Send + Sync>;
    /// let mut s = db.session();
    /// let aged = s.try_savepoint(async |mut tx| -> Result<u64, AppError> {
    ///     let years: i32 = "forty".parse()?;
    ///     Ok(User::update().set(|u| u.age.to(years)).all_rows().execute(&mut tx).await?)
    /// });
    /// assert!(aged.await.is_err());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The closure's own error, or that of the savepoint.
    pub async fn try_savepoint<T, E: From<Error>, K>(&mut self, work: impl Work<T, E, K>) -> Result<T, E> {
        let mut savepoint = self.begin_savepoint().await?;
        match work(&mut savepoint).await {
            Ok(value) => {
                savepoint.release().await?;
                Ok(value)
            }
            Err(error) => {
                // This error takes precedence over one of the rollback.
                let _ = savepoint.rollback().await;
                Err(error)
            }
        }
    }

    /// Begins a savepoint that you end yourself, with [`release`](Savepoint::release) or [`rollback`](Savepoint::rollback).
    /// Until then, statements run on it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let mut savepoint = s.begin_savepoint().await?;
    /// Post::delete().all_rows().execute(&mut savepoint).await?;
    /// savepoint.rollback().await?;
    /// assert_eq!(Post::query().count(&mut s).await?, 2);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If the transaction is over.
    #[track_caller]
    pub fn begin_savepoint(&mut self) -> Pending<'_, Savepoint<'_>> {
        Pending::new(self.begin_part(Location::caller()))
    }

    pub(super) async fn begin_part(&mut self, at: &'static Location<'static>) -> Result<Savepoint<'_>> {
        let level = self.set_savepoint(at).await?;
        Ok(Savepoint { transaction: self, level })
    }
}

/// A part of a transaction that can be rolled back on its own, made with [`Transaction::begin_savepoint`].
///
/// If it is dropped without [`release`](Self::release), it is rolled back before the transaction's next statement: an early
/// `?` or a panic keeps nothing of it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// {
///     let mut outer = s.begin_savepoint().await?;
///     User::delete().filter(|u| u.id.eq(2)).execute(&mut outer).await?;
///     let mut inner = outer.begin_savepoint().await?;
///     Post::delete().all_rows().execute(&mut inner).await?;
///     inner.release().await?;
///     // dropped, with what was released inside of it
/// }
/// assert_eq!((User::query().count(&mut s).await?, Post::query().count(&mut s).await?), (2, 2));
/// # Ok(()) }) }
/// ```
#[must_use = "a savepoint that is dropped is undone"]
pub struct Savepoint<'a> {
    transaction: &'a mut Transaction,
    level: u32,
}

impl fmt::Debug for Savepoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Savepoint").field("level", &self.level).finish_non_exhaustive()
    }
}

impl<'a> Savepoint<'a> {
    /// Selects one database of the transaction; see [`Transaction::on`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let db = Database::builder().url("sqlite::memory:").bind("archive", "sqlite::memory:").open()?;
    /// db.on("archive")?.create_tables::<User>().await?;
    /// let mut s = db.session();
    /// let mut savepoint = s.begin_savepoint().await?;
    /// User::insert().email("old@example.org").name("Old").execute(savepoint.on("archive")?).await?;
    /// savepoint.rollback().await?;
    /// assert_eq!(User::query().count(s.on("archive")?).await?, 0);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if there is no such database; the message lists the databases there are.
    pub fn on(&mut self, bind: &str) -> Result<On<'_>> {
        self.transaction.on(bind)
    }

    /// Releases the savepoint: its changes become part of the enclosing savepoint or transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let mut savepoint = s.begin_savepoint().await?;
    /// Post::delete().all_rows().execute(&mut savepoint).await?;
    /// savepoint.release().await?;
    /// s.commit().await?;
    /// assert_eq!(Post::query().count(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn release(self) -> Pending<'a, ()> {
        Pending::new(self.keep(Location::caller()))
    }

    pub(super) async fn keep(self, at: &'static Location<'static>) -> Result<()> {
        self.transaction.release(self.level, at).await
    }

    /// Rolls back to the savepoint.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let mut savepoint = s.begin_savepoint().await?;
    /// Post::delete().all_rows().execute(&mut savepoint).await?;
    /// savepoint.rollback().await?;
    /// s.commit().await?;
    /// assert_eq!(Post::query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn rollback(self) -> Pending<'a, ()> {
        Pending::new(async move {
            self.transaction.check_servers()?;
            self.transaction.abandon(self.level);
            self.transaction.settle().await
        })
    }
}

impl Deref for Savepoint<'_> {
    type Target = Transaction;

    fn deref(&self) -> &Transaction {
        self.transaction
    }
}

impl DerefMut for Savepoint<'_> {
    fn deref_mut(&mut self) -> &mut Transaction {
        self.transaction
    }
}

impl Drop for Savepoint<'_> {
    /// Does nothing if it was released or rolled back: then the transaction is below its level.
    fn drop(&mut self) {
        if self.transaction.levels() >= self.level {
            self.transaction.abandon(self.level);
        }
    }
}

//! One connection.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{BoxFuture, Sink};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::syntax::Statement;

/// One connection to a database. [The module](super) has an example.
///
/// It is used by one task at a time. Errors MUST be classified by [`ErrorKind`](crate::ErrorKind), MUST NOT hold
/// values, and SHOULD keep the driver's own error as their source.
///
/// A future of `run`, `steer`, `begin` or `end` that is dropped before it is ready leaves the connection in an unknown state:
/// `status` MUST then be [`Status::Broken`], for ever; unless it was dropped in a pause that its sink had asked for: then
/// the next command MUST leave the rest of the rows out first.
pub trait Connection: fmt::Debug + Send + Sync + 'static {
    /// The dialect of the server at the other end.
    fn dialect(&self) -> &Dialect;

    /// Runs one statement and pushes its rows into `sink`.
    ///
    /// The text stays the caller's; the values MAY be taken, unless they are [lent](Statement::lent). A
    /// [file](Statement::file) is sent beside the text, which loads it; unless all its rows are stored as they are, that MUST
    /// fail, and MAY leave some of them to be rolled back. Outside a transaction the statement MUST be committed when this
    /// returns. If the sink stops, the rest of the rows is left out, and that is no error.
    fn run<'a>(
        &'a mut self,
        statement: &'a mut Statement,
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<Summary>>;

    /// Runs one statement that steers a transaction, such as SAVEPOINT: without values, without rows, and sent as it is.
    fn steer<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Begins a transaction, or arranges that the next statement begins one.
    fn begin(&mut self, options: Begin) -> BoxFuture<'_, Result<()>>;

    /// Ends the transaction. Rolling back when there is none MUST succeed.
    fn end(&mut self, end: End) -> BoxFuture<'_, Result<()>>;

    /// Whether it is set already for what comes next: a transaction, or a statement by itself. A pool prefers one that is.
    ///
    /// ```
    /// use orm::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// let connection = Database::open("sqlite::memory:")?.driver().connect().await?;
    /// assert!(connection.is_set_for(true) && connection.is_set_for(false)); // SQLite has nothing to set
    /// # Ok(())
    /// # }
    /// ```
    fn is_set_for(&self, transaction: bool) -> bool {
        let _ = transaction;
        true
    }

    /// What the connection knows about itself, without asking the server.
    fn status(&self) -> Status;

    /// Asks the server for a sign of life.
    fn ping(&mut self) -> BoxFuture<'_, Result<()>>;
}

/// How a transaction begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Begin {
    /// The isolation level, if not the database's own.
    pub isolation: Option<Isolation>,
    /// Whether it may not change anything.
    pub read_only: bool,
    /// How long to wait for a lock, if not as long as the database says.
    pub lock_timeout: Option<Duration>,
    /// Whether foreign keys are neither looked at nor followed, until it ends.
    pub without_foreign_keys: bool,
}

/// The isolation levels of SQL.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { use orm::driver::Isolation; run(async |db| {
/// let count = db.transaction().isolation(Isolation::RepeatableRead).run(async |mut tx| User::query().count(&mut tx).await);
/// assert_eq!(count.await?, 2);
/// assert_eq!(Isolation::ReadCommitted.sql(), "READ COMMITTED");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are SQL's")]
pub enum Isolation {
    ReadUncommitted,
    ReadCommitted,
    RepeatableRead,
    Serializable,
}

impl Isolation {
    /// The words of SQL.
    ///
    /// ```
    /// use orm::driver::Isolation;
    /// assert_eq!(Isolation::RepeatableRead.sql(), "REPEATABLE READ");
    /// ```
    #[must_use]
    pub const fn sql(self) -> &'static str {
        match self {
            Isolation::ReadUncommitted => "READ UNCOMMITTED",
            Isolation::ReadCommitted => "READ COMMITTED",
            Isolation::RepeatableRead => "REPEATABLE READ",
            Isolation::Serializable => "SERIALIZABLE",
        }
    }
}

/// As in URLs, `read_committed`, or as servers write it, `READ-COMMITTED`.
///
/// ```
/// use orm::driver::Isolation;
/// assert_eq!("read_committed".parse(), Ok(Isolation::ReadCommitted));
/// assert!("dirty".parse::<Isolation>().is_err());
/// ```
impl FromStr for Isolation {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        match text.to_ascii_lowercase().replace(['-', ' '], "_").as_str() {
            "read_uncommitted" => Ok(Isolation::ReadUncommitted),
            "read_committed" => Ok(Isolation::ReadCommitted),
            "repeatable_read" => Ok(Isolation::RepeatableRead),
            "serializable" => Ok(Isolation::Serializable),
            _ => Err(()),
        }
    }
}

/// The form that it has in URLs.
///
/// ```
/// use orm::driver::Isolation;
/// assert_eq!(Isolation::ReadCommitted.to_string(), "read_committed");
/// ```
impl fmt::Display for Isolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Isolation::ReadUncommitted => "read_uncommitted",
            Isolation::ReadCommitted => "read_committed",
            Isolation::RepeatableRead => "repeatable_read",
            Isolation::Serializable => "serializable",
        })
    }
}

/// How a transaction ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are SQL's")]
pub enum End {
    Commit,
    Rollback,
    /// Rolls back, and forgets what was set on the connection: it MUST be as new afterwards, or [`Status::Broken`].
    Reset,
}

/// What a connection knows about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No transaction is open.
    Idle,
    /// A transaction is open.
    InTransaction,
    /// It cannot be used any more.
    Broken,
}

/// What a statement did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many rows it inserted, deleted, or found to update, whether or not they changed.
    pub affected: u64,
    /// The first key that the server counted up.
    pub last_insert_id: Option<u64>,
}

//! Connections.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{BoxFuture, Sink};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::syntax::Statement;

/// A connection to a database. [The module](super) has an example.
///
/// It is used by one task at a time. Errors MUST be classified by [`ErrorKind`](crate::ErrorKind), MUST NOT contain
/// bound values, and SHOULD keep the driver's own error as their source.
///
/// If a future of `run`, `steer`, `begin` or `end` is dropped before it completes, the connection is in an unknown
/// state, and `status` MUST be [`Status::Broken`] from then on. The exception is a future dropped during a pause that
/// its sink asked for: the next command MUST then skip the remaining rows first.
pub trait Connection: fmt::Debug + Send + Sync + 'static {
    /// Returns the dialect of the server that it is connected to.
    fn dialect(&self) -> &Dialect;

    /// Runs one statement and pushes its rows into `sink`.
    ///
    /// The text remains the caller's; the values MAY be taken, unless they are [lent](Statement::lent). A
    /// [file](Statement::file) is sent along with the text, which loads it; unless all its rows are stored unchanged,
    /// this MUST fail, and MAY leave some of them to be rolled back. Outside a transaction, the statement MUST be
    /// committed when this returns. If the sink stops, the remaining rows are skipped, which is not an error.
    fn run<'a>(
        &'a mut self,
        statement: &'a mut Statement,
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<Summary>>;

    /// Runs a transaction control statement, such as SAVEPOINT: without values, without rows, and sent as it is.
    fn steer<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Begins a transaction, or makes the next statement begin one.
    fn begin(&mut self, options: Begin) -> BoxFuture<'_, Result<()>>;

    /// Ends the transaction. A rollback without a transaction MUST succeed.
    fn end(&mut self, end: End) -> BoxFuture<'_, Result<()>>;

    /// Returns whether the connection is already set up for what comes next: a transaction, or a single statement. A
    /// pool prefers such a connection.
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

    /// Returns the state of the connection, without asking the server.
    fn status(&self) -> Status;

    /// Returns whether an idle connection is known to be of no use, without asking the server: because the server has closed
    /// it, or because no runtime drives it any more. A pool replaces such a connection.
    ///
    /// ```
    /// use orm::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// let connection = Database::open("sqlite::memory:")?.driver().connect().await?;
    /// assert!(!connection.is_gone()); // nobody but this program can close it
    /// # Ok(())
    /// # }
    /// ```
    fn is_gone(&self) -> bool {
        false
    }

    /// Returns the address of the server and the database, for spans. The default is one that is not known.
    ///
    /// ```
    /// use orm::driver::Address;
    /// use orm::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// let connection = Database::open("sqlite::memory:")?.driver().connect().await?;
    /// assert_eq!(connection.address(), Address::default()); // there is no server
    /// # Ok(())
    /// # }
    /// ```
    fn address(&self) -> Address<'_> {
        Address::default()
    }

    /// Checks that the server responds.
    fn ping(&mut self) -> BoxFuture<'_, Result<()>>;
}

/// The server and the database that a connection was opened for, as
/// [OpenTelemetry](https://opentelemetry.io/docs/specs/semconv/database/database-spans/) names them.
///
/// ```
/// use orm::driver::Address;
///
/// let address = Address { server: Some("db.example.org"), port: Some(3306), database: Some("shop") };
/// assert_ne!(address, Address::default());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Address<'a> {
    /// `server.address`: the host, or the path of a Unix socket.
    pub server: Option<&'a str>,
    /// `server.port`: the TCP port.
    pub port: Option<u16>,
    /// `db.namespace`: the name of the database.
    pub database: Option<&'a str>,
}

/// The options of a transaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Begin {
    /// The isolation level, if not the database's default.
    pub isolation: Option<Isolation>,
    /// Whether the transaction is read-only.
    pub read_only: bool,
    /// How long to wait for a lock, if not the database's default.
    pub lock_timeout: Option<Duration>,
    /// Whether foreign keys are neither checked nor acted on until the transaction ends.
    pub without_foreign_keys: bool,
}

/// The isolation levels of standard SQL.
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
    /// Returns the SQL keywords.
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

/// Parses the form used in URLs, `read_committed`, or that of servers, `READ-COMMITTED`.
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

/// Writes the form used in URLs.
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
    /// Rolls back, and resets everything that was set on the connection: it MUST be like a new one afterwards, or
    /// [`Status::Broken`].
    Reset,
}

/// The state of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No transaction is open.
    Idle,
    /// A transaction is open.
    InTransaction,
    /// The connection can no longer be used.
    Broken,
}

/// The outcome of a statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many rows it inserted, deleted, or matched for an update, whether or not their values changed.
    pub affected: u64,
    /// The first auto-increment key that it generated.
    pub last_insert_id: Option<u64>,
}

//! A connection to SQLite, in the calling thread.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use orm_core::dialect::{Dialect, Version};
use orm_core::driver::{Begin, BoxFuture, Connection, End, Sink, Status, Summary};
use orm_core::syntax::Statement;
use orm_core::{Error, ErrorKind, Result};

use crate::attempt::{Attempt, attempt};
use crate::away::Place;
use crate::cells::Buffer;
use crate::dialect::DIALECT;
use crate::error::{busy_at_once, classify, is_busy};
use crate::write_lock::{Patience, WriteGuard, WriteLock, acquire};

pub(crate) struct SqliteConnection {
    /// Never contended: the mutex makes the connection `Sync`, and `get_mut` costs nothing.
    connection: Mutex<Place>,
    dialect: Dialect,
    buffer: Buffer,
    write_lock: WriteLock,
    /// Held from BEGIN to the end of a transaction that may write.
    writing: Option<WriteGuard>,
    /// Whether the transaction is read-only.
    read_only: bool,
    /// Whether the database is read-only.
    only_read: bool,
    /// Whether foreign keys are switched off for the transaction.
    keyless: bool,
    settings: Settings,
    patience: Duration,
}

/// The settings of all connections, from the URL.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) file: bool,
    pub(crate) busy_timeout: Duration,
    /// Whether statements may take so long that the runtime should move other tasks away from the thread.
    pub(crate) blocking: bool,
}

impl fmt::Debug for SqliteConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteConnection").field("writing", &self.writing.is_some()).finish_non_exhaustive()
    }
}

impl SqliteConnection {
    pub(crate) fn new(
        connection: rusqlite::Connection,
        settings: Settings,
        write_lock: WriteLock,
    ) -> rusqlite::Result<Self> {
        // Waiting never blocks the thread.
        connection.busy_timeout(Duration::ZERO)?;
        connection.set_prepared_statement_cache_capacity(256);
        connection.pragma_update(None, "foreign_keys", true)?;
        let only_read = connection.is_readonly(rusqlite::MAIN_DB)?;
        if settings.file && !only_read {
            // The mode is a property of the file: a second time, this only returns it.
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
            connection.pragma_update(None, "synchronous", "NORMAL")?;
        }
        crate::decimal::register(&connection)?;
        crate::math::register(&connection)?;
        crate::spread::register(&connection)?;
        crate::regexp::register(&connection)?;
        crate::text::register(&connection)?;
        crate::joined::register(&connection)?;
        crate::row_key::register(&connection)?;
        crate::json::register(&connection)?;
        Ok(SqliteConnection {
            connection: Mutex::new(Place::Here(connection)),
            dialect: Dialect { version: version(), ..DIALECT.clone() },
            buffer: Buffer::new(),
            write_lock,
            writing: None,
            read_only: false,
            only_read,
            keyless: false,
            settings,
            patience: settings.busy_timeout,
        })
    }

    fn place(&mut self) -> &mut Place {
        self.connection.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    fn raw(&mut self) -> Result<&mut rusqlite::Connection> {
        self.place().connection()
    }

    async fn attempt(
        &mut self,
        statement: &Statement,
        may_write: bool,
        sink: &mut dyn Sink,
    ) -> Result<Attempt> {
        if sink.pauses() {
            return may_be_busy(self.place().stream(statement, may_write, sink).await?);
        }
        let blocking = self.settings.blocking && may_block();
        let mut buffer = std::mem::take(&mut self.buffer);
        let connection = self.raw()?;
        let result = if blocking {
            tokio::task::block_in_place(|| attempt(connection, statement, may_write, &mut buffer, sink))
        } else {
            attempt(connection, statement, may_write, &mut buffer, sink)
        };
        self.buffer = buffer;
        may_be_busy(result)
    }

    async fn run_statement(&mut self, statement: &Statement, sink: &mut dyn Sink) -> Result<Summary> {
        let mut guard = None;
        let mut patience: Option<Patience> = None;
        loop {
            match self.attempt(statement, guard.is_some(), sink).await? {
                Attempt::Done(summary) => return Ok(summary),
                Attempt::Writes => {
                    let patience = patience.get_or_insert_with(|| Patience::new(self.patience));
                    guard = Some(acquire(&self.write_lock, patience).await?);
                }
                Attempt::Busy(error) => {
                    let patience = patience.get_or_insert_with(|| Patience::new(self.patience));
                    // In a transaction begun by raw SQL, its reads may be out of date by then: waiting cannot help.
                    let by_hand = self.writing.is_none() && !self.read_only;
                    if by_hand && self.status() == Status::InTransaction {
                        return Err(busy_at_once(error));
                    }
                    if !patience.wait().await {
                        return Err(classify(error));
                    }
                }
            }
        }
    }

    async fn begin_transaction(&mut self, options: Begin) -> Result<()> {
        self.patience = options.lock_timeout.unwrap_or(self.settings.busy_timeout);
        let mut patience = Patience::new(self.patience);
        if options.without_foreign_keys {
            // Inside a transaction, this would have no effect.
            self.execute("PRAGMA foreign_keys = OFF", &mut patience).await?;
            self.keyless = true;
        }
        if options.read_only || self.only_read {
            self.execute("PRAGMA query_only = ON", &mut patience).await?;
            self.read_only = true;
            return self.execute("BEGIN DEFERRED", &mut patience).await;
        }
        // A transaction that begins by reading and then wants to write can be refused immediately, whatever the
        // timeout; one that takes the lock when it begins cannot.
        let guard = acquire(&self.write_lock, &mut patience).await?;
        self.execute("BEGIN IMMEDIATE", &mut patience).await?;
        self.writing = Some(guard);
        Ok(())
    }

    async fn end_transaction(&mut self, end: End) -> Result<()> {
        let mut patience = Patience::new(self.patience);
        if self.status() == Status::InTransaction {
            let sql = match end {
                End::Commit => "COMMIT",
                End::Rollback | End::Reset => "ROLLBACK",
            };
            self.execute(sql, &mut patience).await?;
        }
        if self.read_only {
            self.execute("PRAGMA query_only = OFF", &mut patience).await?;
            self.read_only = false;
        }
        if self.keyless {
            self.execute("PRAGMA foreign_keys = ON", &mut patience).await?;
            self.keyless = false;
        }
        self.writing = None;
        self.patience = self.settings.busy_timeout;
        if end == End::Reset && self.settings.file {
            // A reopened file is like new; an in-memory database exists only in its connection, and stays.
            *self.place() = Place::Lost;
        }
        Ok(())
    }

    async fn execute(&mut self, sql: &str, patience: &mut Patience) -> Result<()> {
        loop {
            match self.raw()?.prepare_cached(sql).and_then(|mut statement| statement.raw_execute()) {
                Ok(_) => return Ok(()),
                Err(error) if is_busy(&error) && patience.wait().await => {}
                Err(error) => return Err(classify(error)),
            }
        }
    }
}

fn may_be_busy(result: rusqlite::Result<Attempt>) -> Result<Attempt> {
    match result {
        Ok(attempt) => Ok(attempt),
        Err(error) if is_busy(&error) => Ok(Attempt::Busy(error)),
        Err(error) => Err(classify(error)),
    }
}

/// Returns whether the runtime has other threads that could take over: a single-threaded one would panic.
fn may_block() -> bool {
    tokio::runtime::Handle::try_current()
        .is_ok_and(|runtime| runtime.runtime_flavor() == tokio::runtime::RuntimeFlavor::MultiThread)
}

fn version() -> Version {
    let number = u32::try_from(rusqlite::version_number()).unwrap_or(0);
    let part = |by: u32| u16::try_from(number / by % 1_000).unwrap_or(0);
    Version::new(part(1_000_000), part(1_000), part(1))
}

impl Connection for SqliteConnection {
    fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    fn run<'a>(
        &'a mut self,
        statement: &'a mut Statement,
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<Summary>> {
        Box::pin(async move {
            // Nothing else here awaits: a task that runs many statements in a row would never let others run, nor notice
            // that its time is up.
            tokio::task::coop::consume_budget().await;
            self.run_statement(statement, sink).await
        })
    }

    fn steer<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { self.execute(sql, &mut Patience::new(self.patience)).await })
    }

    fn begin(&mut self, options: Begin) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.begin_transaction(options))
    }

    fn end(&mut self, end: End) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.end_transaction(end))
    }

    /// SQLite is never interrupted in the middle of a statement: a future that waits for a lock has not begun, and a
    /// thread whose rows are not received ends.
    fn status(&self) -> Status {
        let Ok(mut place) = self.connection.try_lock() else { return Status::Broken };
        match place.connection() {
            Ok(connection) if !connection.is_autocommit() => Status::InTransaction,
            Ok(_) => Status::Idle,
            Err(_) => Status::Broken,
        }
    }

    fn ping(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            self.raw()?.query_row("SELECT 1", [], |_| Ok(())).map_err(|error| {
                Error::new(ErrorKind::ConnectionLost, "SQLite cannot run `SELECT 1`").with_source(error)
            })
        })
    }
}

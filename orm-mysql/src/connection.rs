//! A connection to MySQL or MariaDB.

mod autocommit;
mod facts;
mod load;
mod own_runtime;
mod reset;
mod still_open;
mod transaction;
mod unread;
mod warnings;

use std::fmt;
use std::sync::Arc;

use mysql_async::consts::StatusFlags;
use orm_core::dialect::{AutoKeys, Dialect};
use orm_core::driver::{Address, Begin, BoxFuture, Connection, End, Sink, Status, Summary};
use orm_core::syntax::Statement;
use orm_core::{Error, ErrorKind, Result};

use crate::abandoned::{Abandoned, InFlight, Undertaker};
use crate::auto_keys::{self, gives_many_keys, sets_increment};
use crate::options::Settings;
use crate::packet::check_text;
use crate::place::Place;
use crate::rows::{Answer, Reading, push};
use crate::statements::{Statements, enters_database};
use crate::timely::is_late;
use crate::transport::Transport;
use facts::Facts;
use own_runtime::OwnRuntime;
use reset::set_up;

/// The error code for a statement that the server runs, but cannot prepare.
const NOT_PREPARABLE: u32 = 1295;

/// The error code for a lock wait timeout.
const LOCK_TIMEOUT: u32 = 1205;

/// The error code for a transaction that cannot be committed and is gone. A Galera node also reports it for a statement
/// that changes too many rows.
const NOT_COMMITTED: u32 = 1180;

pub(crate) struct MysqlConnection<T: Transport> {
    transport: T,
    dialect: Dialect,
    statements: Statements<T>,
    reading: Reading,
    /// Whether autocommit is on.
    autocommit: bool,
    /// Whether the server reported otherwise.
    meddled: bool,
    /// Whether a transaction should be open.
    session: bool,
    /// Whether the server has one open, according to its last answer.
    in_transaction: bool,
    /// Whether the transaction has a marker savepoint to check.
    marked: bool,
    /// The server's maximum packet size.
    packet: usize,
    /// How a new connection assigns auto-increment keys.
    auto_keys: AutoKeys,
    /// Whether the lock timeout differs from the server's.
    lock_timeout: bool,
    /// Whether foreign keys are switched off for the transaction.
    keyless: bool,
    /// Whether the server rolls the transaction back after a lock wait timeout.
    rolls_back_on_timeout: bool,
    /// Where it was opened.
    place: Arc<Place>,
    /// The settings from the URL.
    settings: Arc<Settings>,
    /// The runtime that its socket belongs to.
    runtime: OwnRuntime,
    /// The identity of the connection, for killing an abandoned command.
    name: Arc<Abandoned>,
}

impl<T: Transport> fmt::Debug for MysqlConnection<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MysqlConnection").field("id", &self.transport.id()).finish_non_exhaustive()
    }
}

impl<T: Transport> MysqlConnection<T> {
    /// Sets up a new connection, and queries the properties of the server.
    pub(crate) async fn new(
        mut transport: T,
        place: Arc<Place>,
        settings: Arc<Settings>,
        undertaker: Arc<Undertaker>,
    ) -> Result<Self> {
        let facts = Facts::ask(&mut transport, &settings).await?;
        let dialect = facts.dialect()?;
        let Facts { packet, rolls_back_on_timeout, server, .. } = facts;
        let flags = transport.flags();
        let name = Arc::new(Abandoned { id: transport.id(), server, undertaker });
        Ok(MysqlConnection {
            transport,
            auto_keys: dialect.auto_keys,
            dialect,
            statements: Statements::new(settings.cached),
            reading: Reading::default(),
            autocommit: true,
            // The statements of `init` may have changed it.
            meddled: flags.is_some_and(|flags| !flags.contains(StatusFlags::SERVER_STATUS_AUTOCOMMIT)),
            session: false,
            in_transaction: false,
            marked: false,
            packet,
            lock_timeout: false,
            keyless: false,
            rolls_back_on_timeout,
            place,
            settings,
            runtime: OwnRuntime::current(),
            name,
        })
    }

    /// Refuses a command after one that was cut off; otherwise the connection counts as busy until the command is
    /// answered.
    async fn enter(&mut self) -> Result<InFlight> {
        if self.status() == Status::Broken {
            return Err(Error::new(
                ErrorKind::ConnectionLost,
                "an earlier command on this connection was cancelled before it was complete",
            ));
        }
        self.reading.busy = true;
        let command = InFlight::new(&self.name);
        if self.reading.unread
            && let Err(error) = Box::pin(self.leave_out()).await.and_then(|()| self.check_still_open())
        {
            // If this was the end of the server's answer, the connection is still usable.
            return if self.reading.unread { Err(error) } else { self.leave(command, Err(error)) };
        }
        Ok(command)
    }

    fn leave<R>(&mut self, command: InFlight, result: Result<R>) -> Result<R> {
        // A late answer may still arrive: the connection is no longer usable, and the server is told.
        if !result.as_ref().is_err_and(is_late) {
            command.answered();
            self.reading.busy = false;
        }
        let result = result.map_err(|error| self.weigh(error));
        // Only an OK packet carries the server's flags; an error leaves the transaction as it was, unless it is of a
        // kind that ends it.
        match (&result, self.transport.flags()) {
            (Err(error), _) if ends_transaction(error) => self.in_transaction = false,
            (_, Some(flags)) => {
                self.in_transaction = flags.contains(StatusFlags::SERVER_STATUS_IN_TRANS);
                if result.is_ok() {
                    return self.look_at_autocommit(flags).and(result);
                }
            }
            (_, None) => {}
        }
        result
    }

    /// Reclassifies errors that mean more with certain server settings.
    fn weigh(&self, error: Error) -> Error {
        if error.code() == Some(LOCK_TIMEOUT) && self.rolls_back_on_timeout && self.session {
            let message = "a lock was not granted in time, and the server rolled back the whole transaction, \
                           because its option `innodb_rollback_on_timeout` is on";
            return error.into_kind(ErrorKind::Serialization, message);
        }
        error
    }

    async fn run_statement(&mut self, statement: &mut Statement, answer: &mut Answer<'_>) -> Result<Summary> {
        if !self.session && !self.autocommit {
            // Turning autocommit on would commit an open transaction.
            if self.in_transaction {
                self.roll_back().await?;
            }
            self.turn_autocommit_on().await?;
        }
        if !self.session {
            self.set_back().await?;
        }
        if self.is_to_be_marked(statement) {
            Box::pin(self.mark(statement)).await?;
        }
        check_text(&statement.sql, self.packet)?;
        if let Some(file) = statement.file.take() {
            return self.load(&statement.sql, *file).await;
        }
        // Preparing it would be a statement of its own, which clears the warnings.
        if statement.several || statement.sql == self.dialect.warnings {
            return Box::pin(self.execute_text(&statement.sql, answer)).await;
        }
        if self.dialect.auto_keys == AutoKeys::First && gives_many_keys(statement) {
            Box::pin(self.look_at_increment()).await?;
        }
        let mut result = self.execute(statement, answer).await;
        if result.is_ok() && self.transport.warnings() > 0 && statement.sql.contains("RECURSIVE") {
            result = Box::pin(self.check_recursion()).await.and(result);
        }
        self.statements.close_unkept(&mut self.transport).await?;
        match result {
            Err(error) if error.code() == Some(NOT_PREPARABLE) => {
                Box::pin(self.execute_text(&statement.sql, answer)).await
            }
            result => result,
        }
    }

    async fn execute(&mut self, statement: &mut Statement, answer: &mut Answer<'_>) -> Result<Summary> {
        let prepared = self.statements.get(&mut self.transport, statement).await?;
        check_placeholders(T::placeholders(&prepared), statement)?;
        self.transport.execute(prepared, statement, self.packet).await?;
        let has_rows = self.transport.has_rows();
        let summary =
            Summary { affected: self.transport.affected(), last_insert_id: self.transport.last_insert_id() };
        if !push::<T, false>(&mut self.transport, &mut self.reading, answer).await? {
            Box::pin(self.leave_out()).await?;
        }
        // Before its rows, a result set reports nothing yet.
        Ok(if has_rows { Summary { affected: self.transport.affected(), ..summary } } else { summary })
    }

    async fn execute_text(&mut self, sql: &str, answer: &mut Answer<'_>) -> Result<Summary> {
        self.transport.query(sql).await?;
        let affected = self.transport.affected();
        if !push::<T, true>(&mut self.transport, &mut self.reading, answer).await? {
            Box::pin(self.leave_out()).await?;
        }
        Ok(Summary { affected, last_insert_id: None })
    }

    /// Queries the increment of auto-increment keys, which is then known for the next inserts, until a statement
    /// changes it.
    async fn look_at_increment(&mut self) -> Result<()> {
        self.dialect.auto_keys = auto_keys::ask(&mut self.transport).await?;
        Ok(())
    }

    async fn text(&mut self, sql: &str) -> Result<()> {
        self.transport.command(sql).await
    }
}

/// Returns whether the error has ended the transaction.
fn ends_transaction(error: &Error) -> bool {
    error.kind().ends_transaction() || error.code() == Some(NOT_COMMITTED)
}

/// Checks the number of values: the connection would be lost if the server received more or fewer than it needs.
fn check_placeholders(placeholders: usize, statement: &Statement) -> Result<()> {
    let values = statement.params.len();
    if values == placeholders {
        return Ok(());
    }
    let message = format!("the statement has {placeholders} placeholders, but {values} values");
    Err(Error::new(ErrorKind::InvalidQuery, message))
}

impl<T: Transport> Connection for MysqlConnection<T> {
    fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    fn run<'a>(
        &'a mut self,
        statement: &'a mut Statement,
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<Summary>> {
        Box::pin(async move {
            let mut answer = Answer { sink, command: self.enter().await? };
            let mut result = self.run_statement(statement, &mut answer).await;
            if result.is_err() {
                result = Box::pin(self.look_after(result, statement)).await;
            } else if sets_increment(&statement.sql) {
                result = Box::pin(self.look_at_increment()).await.and(result);
            } else if enters_database(&statement.sql) {
                result = Box::pin(self.statements.close_all(&mut self.transport)).await.and(result);
            }
            self.leave(answer.command, result)
        })
    }

    fn steer<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let command = self.enter().await?;
            let result = match self.look_at_mark().await {
                Ok(()) => self.text(sql).await,
                gone => gone,
            };
            self.leave(command, result)
        })
    }

    fn begin(&mut self, options: Begin) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let command = self.enter().await?;
            let result = self.begin_transaction(options).await;
            self.leave(command, result)
        })
    }

    fn end(&mut self, end: End) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let command = self.enter().await?;
            let result = self.end_transaction(end).await;
            self.leave(command, result)
        })
    }

    fn is_set_for(&self, transaction: bool) -> bool {
        self.autocommit != transaction
    }

    fn status(&self) -> Status {
        if self.reading.busy || self.transport.is_lost() {
            return Status::Broken;
        }
        // If it is off, it is restored before the connection is reused.
        let meddled = self.meddled && !self.session;
        if self.in_transaction || meddled { Status::InTransaction } else { Status::Idle }
    }

    fn is_gone(&self) -> bool {
        self.runtime.is_gone() || self.transport.is_closed()
    }

    fn address(&self) -> Address<'_> {
        self.place.address()
    }

    fn ping(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let command = self.enter().await?;
            let result = self.transport.ping().await;
            self.leave(command, result)
        })
    }
}

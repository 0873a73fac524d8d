//! The part of a transaction that is on one database.

use std::panic::Location;

use super::state::{State, commit_error};
use crate::database::{Database, Pooled};
use crate::dialect::Dialect;
use crate::driver::{Begin, End, Sink, Status, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::Statement;

/// An open transaction on one database, with its connection.
#[derive(Debug)]
pub(super) struct Branch {
    /// The number of the database.
    member: usize,
    connection: Pooled,
    state: State,
    /// Whether the server has confirmed that the transaction is open.
    confirmed: bool,
    /// How many savepoints are set on the server.
    levels: u32,
}

impl Branch {
    /// Takes a connection and begins the transaction.
    pub(super) async fn begin(database: &Database, member: usize, begin: Begin) -> Result<Self> {
        let mut connection = database.member(member).checkout(true).await?;
        // Until BEGIN is answered, the connection is not part of the transaction: if it is dropped here, it is returned to
        // the pool, or closed if it was interrupted.
        let begun = connection.begin(begin).await;
        begun.map_err(|error| database.member(member).failed(error))?;
        let confirmed = connection.status() == Status::InTransaction;
        Ok(Branch { member, connection, state: State::Active, confirmed, levels: 0 })
    }

    pub(super) fn member(&self) -> usize {
        self.member
    }

    /// Marks the connection as directly accessed: its session state is reset when it is returned.
    pub(super) fn take_in_hand(&mut self) {
        self.connection.take_in_hand();
    }

    pub(super) fn dialect(&self) -> &Dialect {
        self.connection.dialect()
    }

    pub(super) fn is_active(&self) -> bool {
        matches!(self.state, State::Active)
    }

    pub(super) fn check(&self) -> Result<()> {
        self.state.check()
    }

    /// The error that ended the transaction prematurely, if any.
    pub(super) fn cause(&self) -> Option<&Error> {
        match &self.state {
            State::Dead(cause) => Some(cause),
            _ => None,
        }
    }

    /// Whether its changes may be committed, although this is not known.
    pub(super) fn may_be_committed(&self) -> bool {
        match &self.state {
            State::InDoubt => true,
            State::Dead(cause) => cause.is_partial_commit(),
            State::Active | State::Running => false,
        }
    }

    /// Marks the transaction as unusable.
    pub(super) fn end_by(&mut self, cause: Error) {
        self.state = State::Dead(cause);
    }

    pub(super) async fn run(
        &mut self,
        database: &Database,
        statement: &mut Statement,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        self.check()?;
        self.state = State::Running;
        let result = database.member(self.member).run(&mut self.connection, statement, sink, at).await;
        self.state = match &result {
            Err(error) if error.kind().ends_transaction() || error.is_transaction_dead() => {
                State::Dead(error.clone())
            }
            _ => self.compare(result.as_ref().err()),
        };
        result
    }

    /// Continues after a statement whose reading was abandoned between two rows.
    pub(super) fn resume(&mut self) {
        if matches!(self.state, State::Running) && self.connection.is_unread() {
            self.state = self.compare(None);
        }
    }

    /// Compares the state with the server's: a confirmed transaction does not end by itself.
    fn compare(&mut self, error: Option<&Error>) -> State {
        match self.connection.status() {
            Status::InTransaction => {
                self.confirmed = true;
                State::Active
            }
            Status::Idle if !self.confirmed => State::Active,
            Status::Idle => State::Dead(error.cloned().unwrap_or_else(|| {
                Error::new(
                    ErrorKind::TransactionDead,
                    "the server has ended the transaction: a statement in it caused a commit or a rollback",
                )
            })),
            Status::Broken => State::Dead(Error::new(
                ErrorKind::ConnectionLost,
                "the connection was lost during the transaction",
            )),
        }
    }

    /// Sets the savepoints that are not yet set, up to `levels`.
    pub(super) async fn enter(&mut self, levels: u32) -> Result<()> {
        while self.levels < levels {
            self.steer("SAVEPOINT", self.levels + 1).await?;
            self.levels += 1;
        }
        Ok(())
    }

    /// Releases the savepoints above `levels`, keeping their changes.
    pub(super) async fn release(&mut self, levels: u32) -> Result<()> {
        if self.levels > levels {
            self.steer("RELEASE SAVEPOINT", levels + 1).await?;
            self.levels = levels;
        }
        Ok(())
    }

    /// Rolls back and releases the savepoints above `levels`.
    pub(super) async fn undo(&mut self, levels: u32) -> Result<()> {
        if self.levels > levels {
            self.steer("ROLLBACK TO SAVEPOINT", levels + 1).await?;
            self.steer("RELEASE SAVEPOINT", levels + 1).await?;
            self.levels = levels;
        }
        Ok(())
    }

    /// Runs a savepoint statement. If the savepoint cannot be set or does not exist, the server has ended the transaction.
    async fn steer(&mut self, verb: &str, level: u32) -> Result<()> {
        self.check()?;
        self.state = State::Running;
        let result = self.connection.steer(&format!("{verb} orm_{level}")).await;
        self.state = match &result {
            Ok(()) => State::Active,
            Err(error) if error.kind().ends_transaction() || error.is_transaction_dead() => {
                State::Dead(error.clone())
            }
            Err(error) => State::Dead(error.clone().into_kind(
                ErrorKind::TransactionDead,
                "the server does not know the savepoint any more: a statement ended the transaction",
            )),
        };
        match self.cause() {
            Some(cause) => Err(cause.clone()),
            None => result,
        }
    }

    /// Checks that the transaction is still open.
    pub(super) async fn look(&mut self) -> Result<()> {
        self.check()?;
        self.state = State::Running;
        let answer = self.connection.ping().await;
        self.state = match answer {
            Ok(()) => self.compare(None),
            Err(error) => State::Dead(error),
        };
        self.cause().map_or(Ok(()), |cause| Err(cause.clone()))
    }

    pub(super) async fn commit(&mut self) -> Result<()> {
        self.check()?;
        self.state = State::InDoubt;
        let Err(error) = self.connection.end(End::Commit).await else { return Ok(()) };
        let error = commit_error(error);
        if error.is_commit_in_doubt() {
            self.connection.give_back();
        } else {
            self.state = State::Dead(error.clone());
        }
        Err(error)
    }

    /// Rolls back, whatever the state. If the server cannot be reached, it has rolled back already or will when it sees the
    /// closed connection, so this is not an error.
    pub(super) async fn rollback(&mut self) {
        if self.connection.status() == Status::Broken {
            return;
        }
        // Keeps the reason for the rollback if this future is dropped midway.
        if self.is_active() {
            self.state = State::Running;
        }
        if self.connection.end(End::Rollback).await.is_err() {
            self.connection.poison();
        }
    }
}

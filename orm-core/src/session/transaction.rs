//! Transactions.

use std::panic::Location;

use super::state::{State, commit_error};
use crate::database::{Database, Pooled};
use crate::dialect::Dialect;
use crate::driver::{Begin, End, Sink, Status, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::Statement;

/// What can be done inside a transaction. A [`Session`](super::Session) is one that you end yourself; in
/// `db.transaction().run(..)` the runner ends it.
///
/// It is begun by its first statement, on a connection that it takes from the pool then. It knows at every moment
/// whether it is open, over, or in doubt, and refuses statements that would run outside of it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// async fn publish(mut tx: &mut Transaction, id: u64) -> orm::Result<bool> {
///     Ok(Post::update().set(|p| p.published.to(true)).filter(|p| p.id.eq(id)).execute(&mut tx).await? == 1)
/// }
/// let mut s = db.session();
/// assert!(publish(&mut s, 2).await?);
/// s.commit().await?;
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Transaction {
    database: Database,
    connection: Option<Pooled>,
    state: State,
    begin: Begin,
    /// Whether the server has said that the transaction is open.
    confirmed: bool,
}

impl Transaction {
    pub(crate) fn new(database: Database, begin: Begin) -> Self {
        Transaction { database, connection: None, state: State::Idle, begin, confirmed: false }
    }

    /// The database that it is on.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let s = db.session();
    /// assert_eq!(s.database().dialect().name, "SQLite");
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Whether a statement has begun it on the server.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// assert!(!s.is_active());
    /// User::query().count(&mut s).await?;
    /// assert!(s.is_active());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self.state, State::Active)
    }

    /// The error that ended it before its time, if one did.
    pub(super) fn cause(&self) -> Option<&Error> {
        match &self.state {
            State::Dead(cause) => Some(cause),
            _ => None,
        }
    }

    /// The open transaction, begun now if no statement has run yet.
    pub(super) async fn begun(&mut self) -> Result<Running<'_>> {
        self.state.check()?;
        if self.connection.is_none() {
            let mut connection = self.database.checkout().await?;
            // Until BEGIN is answered the connection is no part of this transaction: dropped here, it is given back,
            // or closed if it was cut off.
            connection.begin(self.begin).await?;
            self.connection = Some(connection);
            self.state = State::Active;
            self.confirmed = false;
        }
        match &mut self.connection {
            Some(connection) => {
                Ok(Running { connection, state: &mut self.state, confirmed: &mut self.confirmed })
            }
            None => Err(Error::new(ErrorKind::Closed, "the transaction has no connection")),
        }
    }

    pub(super) async fn commit(&mut self) -> Result<()> {
        self.state.check()?;
        let Some(connection) = &mut self.connection else { return Ok(()) };
        self.state = State::InDoubt;
        match connection.end(End::Commit).await {
            Ok(()) => {
                self.release();
                Ok(())
            }
            Err(error) => {
                let error = commit_error(error);
                if error.is_commit_in_doubt() {
                    self.connection = None;
                } else {
                    self.state = State::Dead(error.clone());
                }
                Err(error)
            }
        }
    }

    /// Rolls back, whatever the state. A server that cannot be told has rolled back already, or will when it sees that
    /// the connection is closed: that is no error here.
    pub(super) async fn rollback(&mut self) -> Result<()> {
        if let Some(connection) = &mut self.connection
            && connection.status() != Status::Broken
        {
            self.state = State::Running;
            if connection.end(End::Rollback).await.is_err() {
                connection.poison();
            }
        }
        self.release();
        Ok(())
    }

    fn release(&mut self) {
        self.connection = None;
        self.state = State::Idle;
        self.confirmed = false;
    }
}

/// An open transaction, about to run a statement.
pub(crate) struct Running<'a> {
    connection: &'a mut Pooled,
    state: &'a mut State,
    confirmed: &'a mut bool,
}

impl Running<'_> {
    pub(super) fn dialect(&self) -> &Dialect {
        self.connection.dialect()
    }

    pub(super) async fn run(
        &mut self,
        database: &Database,
        statement: Statement,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        self.state.check()?;
        *self.state = State::Running;
        let result = database.run(self.connection, statement, sink, at).await;
        *self.state = match &result {
            Err(error) if error.kind().ends_transaction() => State::Dead(error.clone()),
            _ => self.compare(),
        };
        result
    }

    /// Compares with what the server says: a transaction that it has confirmed does not end by itself.
    fn compare(&mut self) -> State {
        match self.connection.status() {
            Status::InTransaction => {
                *self.confirmed = true;
                State::Active
            }
            Status::Idle if !*self.confirmed => State::Active,
            Status::Idle => State::Dead(Error::new(
                ErrorKind::TransactionDead,
                "the server has ended the transaction: a statement in it committed or rolled back by itself",
            )),
            Status::Broken => {
                State::Dead(Error::new(ErrorKind::ConnectionLost, "the connection broke in the transaction"))
            }
        }
    }
}

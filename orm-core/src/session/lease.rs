//! A connection for the statements of one terminal.

use std::panic::Location;

use super::Transaction;
use super::transaction::Running;
use crate::database::{Database, Pooled};
use crate::dialect::Dialect;
use crate::driver::{Begin, End, Sink, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::render::render;
use crate::syntax::Command;

/// A connection of the pool, held for one terminal, or that of an open transaction.
pub(crate) enum Lease<'a> {
    Pooled { connection: Pooled, database: &'a Database },
    Open { running: Running<'a>, database: Database },
}

impl<'a> Lease<'a> {
    pub(super) async fn pooled(database: &'a Database) -> Result<Self> {
        Ok(Lease::Pooled { connection: database.checkout().await?, database })
    }

    pub(super) async fn open(transaction: &'a mut Transaction) -> Result<Self> {
        let database = transaction.database().clone();
        Ok(Lease::Open { running: transaction.begun().await?, database })
    }

    pub(crate) fn dialect(&self) -> &Dialect {
        match self {
            Lease::Pooled { connection, .. } => connection.dialect(),
            Lease::Open { running, .. } => running.dialect(),
        }
    }

    /// Renders and runs one statement.
    pub(crate) async fn run(
        &mut self,
        command: Command,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        if let Lease::Pooled { .. } = self
            && command.locks()
        {
            let message = "a lock on rows ends with its transaction: run the query on a session or in a transaction, \
                           not on the database itself";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        let statement = render(command, self.dialect())?;
        match self {
            Lease::Pooled { connection, database } => database.run(connection, statement, sink, at).await,
            Lease::Open { running, database } => running.run(database, statement, sink, at).await,
        }
    }

    /// Begins a transaction for several statements that belong together, unless one is open. Says whether it did.
    pub(crate) async fn begin_if_many(&mut self, statements: usize) -> Result<bool> {
        match self {
            Lease::Pooled { connection, .. } if statements > 1 => {
                connection.begin(Begin::default()).await?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Commits what [`begin_if_many`](Self::begin_if_many) began. Without this, the connection is rolled back when it
    /// is given back.
    pub(crate) async fn commit_if(&mut self, own: bool) -> Result<()> {
        match self {
            Lease::Pooled { connection, .. } if own => {
                connection.end(End::Commit).await.map_err(super::state::commit_error)
            }
            _ => Ok(()),
        }
    }
}

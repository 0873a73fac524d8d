//! A connection in the pool, and what has to be done before its next use.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::steps::{Steps, end_text};
use crate::driver::{Connection, End, Status};
use crate::error::{Error, ErrorKind, Result};

/// How long a server may take to answer, outside of statements, before its connection is given up.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Slot {
    pub(super) connection: Box<dyn Connection>,
    pub(super) generation: u64,
    /// Set from BEGIN to the end of the transaction. A connection returned in between is rolled back first, even if
    /// no statement has opened the transaction on the server yet.
    pub(super) begun: bool,
    /// Set while a streamed statement runs. A connection returned in between discards the remaining rows.
    pub(super) unread: bool,
    /// Set once the connection was accessed directly, so that its session state may have been changed.
    pub(super) by_hand: bool,
    /// Set once the connection was idle for so long that its server may be gone.
    pub(super) idled: bool,
    /// Set once the connection cannot be trusted, whatever status it reports.
    pub(super) poisoned: bool,
    steps: Arc<Steps>,
    /// When the current step of a transaction began, if it is logged.
    since: Option<Instant>,
}

/// Limits how long a server may take while a connection is made ready: no statement's own timeout covers this, and the
/// task that waits for the connection would wait forever.
pub(super) async fn timely(answer: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::time::timeout(PATIENCE, answer).await.unwrap_or_else(|_| {
        let message = format!("the server did not answer within {PATIENCE:?}");
        Err(Error::new(ErrorKind::ConnectionLost, message))
    })
}

impl Slot {
    pub(super) fn new(connection: Box<dyn Connection>, generation: u64, steps: Arc<Steps>) -> Self {
        Slot {
            connection,
            generation,
            begun: false,
            unread: false,
            by_hand: false,
            idled: false,
            poisoned: false,
            steps,
            since: None,
        }
    }

    pub(super) fn status(&self) -> Status {
        if self.poisoned { Status::Broken } else { self.connection.status() }
    }

    /// Whether a transaction is or may be open, or anything else has to be cleaned up.
    pub(super) fn is_open(&self, status: Status) -> bool {
        self.begun || self.unread || self.by_hand || status == Status::InTransaction
    }

    /// Whether the connection can be used without further preparation.
    pub(super) fn is_ready(&self) -> bool {
        !self.idled && !self.is_open(self.status())
    }

    /// Cleans the connection up for its next use.
    pub(super) async fn clean(&mut self) -> Result<()> {
        let end = if self.by_hand { End::Reset } else { End::Rollback };
        timely(self.end(end)).await?;
        self.by_hand = false;
        Ok(())
    }

    /// Starts timing a step of a transaction.
    pub(super) fn step(&mut self) -> &mut dyn Connection {
        // Kept here, so that it does not enlarge any future.
        self.since = self.steps.begin();
        &mut *self.connection
    }

    /// Logs a step of a transaction.
    pub(super) fn told(&mut self, sql: &str, result: Result<()>) -> Result<()> {
        self.steps.end(self.connection.dialect().name, sql, self.since.take(), result)
    }

    pub(super) async fn end(&mut self, end: End) -> Result<()> {
        // Without a BEGIN there is no transaction whose end could be logged.
        let connection = if self.begun { self.step() } else { &mut *self.connection };
        let result = connection.end(end).await;
        self.told(end_text(end), result)?;
        self.begun = false;
        self.unread = false;
        Ok(())
    }
}

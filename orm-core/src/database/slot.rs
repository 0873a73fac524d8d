//! A connection in the pool, and what has to happen before somebody else gets it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::steps::{Steps, end_text};
use crate::driver::{Connection, End, Status};
use crate::error::{Error, ErrorKind, Result};

/// How long a server may take to answer before its connection is given up, while nobody waits for a statement.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Slot {
    pub(super) connection: Box<dyn Connection>,
    pub(super) generation: u64,
    /// Set from BEGIN to the end of the transaction. A connection given back in between is rolled back first, even if
    /// no statement has opened the transaction on the server yet.
    pub(super) begun: bool,
    /// Set while a statement runs whose rows are taken one by one. A connection given back in between leaves out the rest.
    pub(super) unread: bool,
    /// Set once somebody had the connection in hand, who may have set anything on it.
    pub(super) by_hand: bool,
    /// Set once nobody had it for so long that its server may be gone.
    pub(super) idled: bool,
    /// Set once the connection cannot be trusted, whatever it says of itself.
    pub(super) poisoned: bool,
    steps: Arc<Steps>,
    /// When the step of a transaction that is on its way began, if anybody wants to know.
    since: Option<Instant>,
}

/// Gives up on a server that does not answer while a connection is made ready: nobody asked for that answer, and whoever
/// waits for the connection would wait for ever.
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

    /// Whether a transaction is, or may be, open, or anything else is left.
    pub(super) fn is_open(&self, status: Status) -> bool {
        self.begun || self.unread || self.by_hand || status == Status::InTransaction
    }

    /// Whether nothing has to be done before somebody else gets it.
    pub(super) fn is_ready(&self) -> bool {
        !self.idled && !self.is_open(self.status())
    }

    /// Makes it ready for somebody else.
    pub(super) async fn clean(&mut self) -> Result<()> {
        let end = if self.by_hand { End::Reset } else { End::Rollback };
        timely(self.end(end)).await?;
        self.by_hand = false;
        Ok(())
    }

    /// Before a step of a transaction.
    pub(super) fn step(&mut self) -> &mut dyn Connection {
        // Kept here, so that no future is larger for it.
        self.since = self.steps.begin();
        &mut *self.connection
    }

    /// Behind a step of a transaction.
    pub(super) fn told(&mut self, sql: &str, result: Result<()>) -> Result<()> {
        self.steps.end(self.connection.dialect().name, sql, self.since.take(), result)
    }

    pub(super) async fn end(&mut self, end: End) -> Result<()> {
        // What was only read has begun nothing that could end.
        let connection = if self.begun { self.step() } else { &mut *self.connection };
        let result = connection.end(end).await;
        self.told(end_text(end), result)?;
        self.begun = false;
        self.unread = false;
        Ok(())
    }
}

//! Statements that nobody waits for any more.
//!
//! A server sees that a client is gone only when it has something to say to it. Until then an abandoned statement runs
//! on, and holds its locks. So the server is told, over a connection of its own.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Opts};
use tokio::task::JoinHandle;

/// How long a server may take to end some connections.
const PATIENCE: Duration = Duration::from_secs(5);

/// What asks a server for its name.
pub(crate) const SERVER: &str = "CONCAT_WS(' ', @@hostname, @@port, @@datadir)";

/// Has a server end connections. One connection at a time tells it, however many there are to end.
pub(crate) struct Undertaker {
    opts: Opts,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Arc<Abandoned>>,
    /// The task that sees to them.
    served: Option<JoinHandle<()>>,
}

/// A connection, by its name on its server.
pub(crate) struct Abandoned {
    pub(crate) id: u32,
    /// Behind the same address there may be several servers, with the same numbers.
    pub(crate) server: String,
    /// Who ends it.
    pub(crate) undertaker: Arc<Undertaker>,
}

impl Abandoned {
    /// Stops its statement; the connection goes on. Says whether its server could be told.
    pub(crate) async fn interrupt(&self) -> mysql_async::Result<bool> {
        let mut side = Conn::new(self.undertaker.opts.clone()).await?;
        let server: Option<String> = side.query_first(format!("SELECT {SERVER}")).await?;
        let found = server.as_ref() == Some(&self.server);
        if found {
            side.query_drop(format!("KILL QUERY {}", self.id)).await?;
        }
        side.disconnect().await?;
        Ok(found)
    }
}

/// Held while a command is on its way: dropped before its answer, it has the server end the connection.
pub(crate) struct InFlight {
    connection: Option<Arc<Abandoned>>,
    /// The connection, while nothing is on its way.
    paused: Option<Arc<Abandoned>>,
}

impl InFlight {
    pub(crate) fn new(connection: &Arc<Abandoned>) -> Self {
        InFlight { connection: Some(connection.clone()), paused: None }
    }

    pub(crate) fn answered(mut self) {
        self.connection = None;
    }

    /// Between two rows of an answer, when nothing would be cut off.
    pub(crate) fn pause(&mut self) {
        self.paused = self.connection.take();
    }

    pub(crate) fn go_on(&mut self) {
        self.connection = self.paused.take();
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.undertaker.clone().end(connection);
        }
    }
}

impl Undertaker {
    pub(crate) fn new(opts: Opts) -> Self {
        Undertaker { opts, queue: Mutex::default() }
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Without a runtime there is nobody to do it: the server finds out by itself, sooner or later.
    fn end(self: Arc<Self>, connection: Arc<Abandoned>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let mut queue = self.queue();
        queue.waiting.push(connection);
        // A task that ended with its runtime serves nobody.
        if queue.served.as_ref().is_none_or(JoinHandle::is_finished) {
            queue.served = Some(runtime.spawn(self.clone().serve()));
        }
    }

    async fn serve(self: Arc<Self>) {
        while let Some(connections) = self.next() {
            match tokio::time::timeout(PATIENCE, self.kill(&connections)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    tracing::debug!(target: "orm", "abandoned statements could not be ended: {error}");
                }
                Err(_) => {
                    tracing::debug!(target: "orm", "abandoned statements were not ended within {PATIENCE:?}")
                }
            }
        }
    }

    /// The connections that wait; if there are none, nobody sees to the queue any more.
    fn next(&self) -> Option<Vec<Arc<Abandoned>>> {
        let mut queue = self.queue();
        if queue.waiting.is_empty() {
            queue.served = None;
            return None;
        }
        Some(std::mem::take(&mut queue.waiting))
    }

    async fn kill(&self, connections: &[Arc<Abandoned>]) -> mysql_async::Result<()> {
        let mut side = Conn::new(self.opts.clone()).await?;
        let server: Option<String> = side.query_first(format!("SELECT {SERVER}")).await?;
        for connection in connections.iter().filter(|other| server.as_ref() == Some(&other.server)) {
            // It may have ended by itself: there is nothing to do then.
            let _ = side.query_drop(format!("KILL CONNECTION {}", connection.id)).await;
        }
        side.disconnect().await
    }
}

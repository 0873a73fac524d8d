//! Kills abandoned statements.
//!
//! A server notices that a client is gone only when it has something to send to it. Until then an abandoned statement
//! runs on, and holds its locks. So the server is told, over a separate connection.

use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use orm_core::Result;
use orm_core::driver::BoxFuture;
use orm_core::value::Cells;
use tokio::task::JoinHandle;

use crate::place::Place;
use crate::transport::Transport;

/// How long it may take to tell a server to kill something.
const PATIENCE: Duration = Duration::from_secs(5);

/// The SQL expression that identifies a server.
pub(crate) const SERVER: &str = "CONCAT_WS(' ', @@hostname, @@port, @@datadir)";

/// Kills abandoned connections. A single side connection is used, however many there are to kill.
pub(crate) struct Undertaker {
    messenger: Box<dyn Messenger>,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Arc<Abandoned>>,
    /// The task that processes the queue.
    served: Option<JoinHandle<()>>,
}

/// A connection, as it is identified on its server.
pub(crate) struct Abandoned {
    pub(crate) id: u32,
    /// There may be several servers behind one address, with the same connection ids.
    pub(crate) server: String,
    /// The one that kills it.
    pub(crate) undertaker: Arc<Undertaker>,
}

impl Abandoned {
    /// Kills its statement, and keeps the connection. Returns whether its server could be told in time.
    pub(crate) async fn interrupt(self: &Arc<Self>) -> Result<bool> {
        let told = self.undertaker.messenger.tell("KILL QUERY", std::slice::from_ref(self));
        tokio::time::timeout(PATIENCE, told).await.unwrap_or(Ok(false))
    }
}

/// Sends commands to a server over a separate connection.
trait Messenger: Send + Sync {
    /// Runs a command for each connection. Returns whether this is the server of all of them.
    fn tell<'a>(&'a self, command: &'a str, connections: &'a [Arc<Abandoned>])
    -> BoxFuture<'a, Result<bool>>;
}

/// A messenger that connects to the same place over a transport.
struct Over<T> {
    place: Arc<Place>,
    transport: PhantomData<fn() -> T>,
}

impl<T: Transport> Messenger for Over<T> {
    fn tell<'a>(
        &'a self,
        command: &'a str,
        connections: &'a [Arc<Abandoned>],
    ) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            let mut side = T::connect(&self.place).await?;
            let row = side.rows(&format!("SELECT {SERVER}")).await?.pop();
            let server = row.and_then(|mut row| Cells::new(&mut row).value::<String>().ok());
            let mut told = true;
            for connection in connections {
                if server.as_ref() == Some(&connection.server) {
                    // It may have ended by itself, in which case there is nothing to do.
                    let _ = side.command(&format!("{command} {}", connection.id)).await;
                } else {
                    told = false;
                }
            }
            side.disconnect().await?;
            Ok(told)
        })
    }
}

/// A guard of a command in flight: if it is dropped before the answer, the server kills the connection.
pub(crate) struct InFlight {
    connection: Option<Arc<Abandoned>>,
    /// The connection, while no command is in flight.
    paused: Option<Arc<Abandoned>>,
}

impl InFlight {
    pub(crate) fn new(connection: &Arc<Abandoned>) -> Self {
        InFlight { connection: Some(connection.clone()), paused: None }
    }

    pub(crate) fn answered(mut self) {
        self.connection = None;
    }

    /// Pauses the guard between two rows of an answer, when nothing would be cut off.
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
    /// Creates one that reaches the server over the same kind of transport as the connections.
    pub(crate) fn new<T: Transport>(place: Arc<Place>) -> Self {
        let messenger = Over::<T> { place, transport: PhantomData };
        Undertaker { messenger: Box::new(messenger), queue: Mutex::default() }
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a connection. Without a runtime nothing can be done: the server will notice sooner or later.
    fn end(self: Arc<Self>, connection: Arc<Abandoned>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let mut queue = self.queue();
        queue.waiting.push(connection);
        // The task may have ended with its runtime.
        if queue.served.as_ref().is_none_or(JoinHandle::is_finished) {
            queue.served = Some(runtime.spawn(self.clone().serve()));
        }
    }

    async fn serve(self: Arc<Self>) {
        while let Some(connections) = self.next() {
            let told = self.messenger.tell("KILL CONNECTION", &connections);
            match tokio::time::timeout(PATIENCE, told).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => {
                    tracing::debug!(target: "orm", "abandoned statements could not be ended: {error}");
                }
                Err(_) => {
                    tracing::debug!(target: "orm", "abandoned statements were not ended within {PATIENCE:?}")
                }
            }
        }
    }

    /// Takes the waiting connections; if there are none, the task ends.
    fn next(&self) -> Option<Vec<Arc<Abandoned>>> {
        let mut queue = self.queue();
        if queue.waiting.is_empty() {
            queue.served = None;
            return None;
        }
        Some(std::mem::take(&mut queue.waiting))
    }
}

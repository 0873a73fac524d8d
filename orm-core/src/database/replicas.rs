//! Read replicas of a database.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::dialect::Dialect;
use crate::driver::{BoxFuture, Connection, Driver};
use crate::error::{Error, ErrorKind, Result};

/// How long a server that could not be reached is tried only after all others.
const PAUSE: Duration = Duration::from_secs(5);

/// Opens connections to the servers in turn, skipping those that cannot be reached.
#[derive(Debug)]
pub(super) struct Replicas {
    servers: Vec<Server>,
    next: AtomicUsize,
}

#[derive(Debug)]
struct Server {
    driver: Arc<dyn Driver>,
    /// When it last could not be reached.
    failed: Mutex<Option<Instant>>,
}

impl Replicas {
    /// Expects at least one server.
    pub(super) fn new(drivers: Vec<Arc<dyn Driver>>) -> Self {
        let servers = drivers.into_iter().map(|driver| Server { driver, failed: Mutex::default() });
        Replicas { servers: servers.collect(), next: AtomicUsize::new(0) }
    }

    /// Returns all servers, starting with the next one, with those that recently could not be reached at the end.
    fn in_turn(&self) -> Vec<&Server> {
        let count = self.servers.len();
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let mut servers: Vec<&Server> =
            (0..count).map(|step| &self.servers[first.wrapping_add(step) % count]).collect();
        // Asked once per server: the answer may change meanwhile, and an inconsistent order may panic.
        servers.sort_by_cached_key(|server| server.is_away());
        servers
    }

    async fn open(&self) -> Result<Box<dyn Connection>> {
        let mut errors: Vec<Error> = Vec::new();
        for server in self.in_turn() {
            match server.driver.connect().await {
                Ok(connection) => {
                    server.tell(None);
                    return Ok(connection);
                }
                Err(error) => {
                    server.tell(Some(Instant::now()));
                    errors.push(error);
                }
            }
        }
        Err(none_reached(errors))
    }
}

/// Returns the only error, or one that combines all of them.
#[cold]
fn none_reached(mut errors: Vec<Error>) -> Error {
    match errors.pop() {
        Some(error) if errors.is_empty() => error,
        Some(last) => {
            errors.push(last);
            let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
            Error::new(
                ErrorKind::Connect,
                format!("none of the replicas can be reached: {}", told.join("; ")),
            )
        }
        None => Error::new(ErrorKind::Connect, "there are no replicas"),
    }
}

impl Server {
    fn is_away(&self) -> bool {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.is_some_and(|at| at.elapsed() < PAUSE)
    }

    fn tell(&self, failed: Option<Instant>) {
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = failed;
    }
}

impl Driver for Replicas {
    fn dialect(&self) -> &Dialect {
        self.servers[0].driver.dialect()
    }

    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(self.open())
    }

    fn max_connections(&self) -> Option<usize> {
        self.servers.iter().filter_map(|server| server.driver.max_connections()).min()
    }
}

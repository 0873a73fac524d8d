//! The connection pool of a driver, based on `deadpool`.

use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use deadpool::Runtime;
use deadpool::managed::{
    self, Metrics, Object, PoolError, QueueMode, RecycleError, RecycleResult, TimeoutType, Timeouts,
};

use super::slot::{Slot, timely};
use super::steps::Steps;
use crate::dialect::Dialect;
use crate::driver::{Address, Begin, Driver, End, Sink, Status, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::Statement;

pub(super) struct PoolSettings {
    pub(super) max_connections: usize,
    pub(super) wait_timeout: Duration,
    pub(super) idle_check: Duration,
    pub(super) max_age: Duration,
    pub(super) steps: Steps,
}

pub(super) struct Pool {
    pool: managed::Pool<Manager>,
    wait_timeout: Duration,
}

/// The status of a connection pool.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let status = db.pool_status();
/// assert_eq!((status.max, status.open, status.idle, status.waiting), (1, 1, 1, 0));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolStatus {
    /// The maximum number of connections.
    pub max: usize,
    /// The number of open connections.
    pub open: usize,
    /// How many of the open connections are idle.
    pub idle: usize,
    /// The number of tasks that wait for a connection.
    pub waiting: usize,
}

pub(super) struct Manager {
    driver: Arc<dyn Driver>,
    idle_check: Duration,
    max_age: Duration,
    /// Incremented when a connection is lost: those of an earlier generation may be lost too, and are not used again.
    generation: Arc<AtomicU64>,
    /// The dialect that the first connection reported.
    dialect: OnceLock<Dialect>,
    steps: Arc<Steps>,
}

impl managed::Manager for Manager {
    type Type = Slot;
    type Error = Error;

    async fn create(&self) -> Result<Slot> {
        // Yields first, so that `at_once`, which polls only once, never starts a connection.
        tokio::task::yield_now().await;
        let generation = self.generation.load(Ordering::Acquire);
        let connection = self.driver.connect().await?;
        self.dialect.get_or_init(|| connection.dialect().clone());
        Ok(Slot::new(connection, generation, self.steps.clone()))
    }

    /// Never awaits anything: see `at_once`.
    async fn recycle(&self, slot: &mut Slot, metrics: &Metrics) -> RecycleResult<Error> {
        let status = slot.status();
        if status == Status::Broken {
            return Err(RecycleError::message("broken"));
        }
        if slot.connection.is_gone() {
            return Err(RecycleError::message("closed by the server, or of another runtime"));
        }
        if slot.generation != self.generation.load(Ordering::Acquire) {
            return Err(RecycleError::message("opened before a connection was lost"));
        }
        let now = Instant::now();
        if now.duration_since(metrics.created) > self.max_age {
            return Err(RecycleError::message("too old"));
        }
        slot.idled |= now.duration_since(metrics.recycled.unwrap_or(metrics.created)) > self.idle_check;
        Ok(())
    }
}

impl Pool {
    pub(super) fn new(driver: Arc<dyn Driver>, settings: PoolSettings) -> Result<Self> {
        // A database that lives in its only connection must not be closed because of its age.
        let max_age = if driver.max_connections() == Some(1) { Duration::MAX } else { settings.max_age };
        let manager = Manager {
            driver,
            idle_check: settings.idle_check,
            max_age,
            generation: Arc::new(AtomicU64::new(0)),
            dialect: OnceLock::new(),
            steps: Arc::new(settings.steps),
        };
        let pool = managed::Pool::builder(manager)
            .max_size(settings.max_connections)
            .wait_timeout(Some(settings.wait_timeout))
            .queue_mode(QueueMode::Lifo)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| {
                Error::new(ErrorKind::Configuration, "the connection pool cannot be created")
                    .with_source(error)
            })?;
        Ok(Pool { pool, wait_timeout: settings.wait_timeout })
    }

    /// Takes a connection for a transaction, or for single statements.
    pub(super) async fn checkout(&self, transaction: bool) -> Result<Pooled> {
        match self.at_once() {
            Some(object) if object.is_ready() && object.connection.is_set_for(transaction) => {
                Ok(Pooled(Some(object)))
            }
            // Boxed, since it is rare: otherwise every statement's future would be as large as this one.
            object => Box::pin(self.made_ready(object, transaction)).await,
        }
    }

    /// Returns an idle connection, if there is one, which may not be ready.
    ///
    /// The pool's future is polled only once, not awaited, so that it does not become part of every statement's future.
    fn at_once(&self) -> Option<Object<Manager>> {
        let no_wait = Timeouts { wait: Some(Duration::ZERO), ..Timeouts::default() };
        let object = pin!(self.pool.timeout_get(&no_wait));
        match object.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(object) => object.ok(),
            Poll::Pending => None,
        }
    }

    /// Makes this connection, or another one, ready.
    async fn made_ready(&self, object: Option<Object<Manager>>, transaction: bool) -> Result<Pooled> {
        let mut object = match object {
            Some(object) => object,
            None => self.get().await?,
        };
        while self.make_ready(&mut object).await.is_err() {
            drop(Object::take(object));
            object = self.get().await?;
        }
        Ok(Pooled(Some(self.better(object, transaction))))
    }

    /// Waits for a connection, which may not be ready, or opens one if there is room.
    async fn get(&self) -> Result<Object<Manager>> {
        if tokio::runtime::Handle::try_current().is_err() {
            let message = "there is no tokio runtime here, which connections and timeouts need: await this in `#[tokio::main]`, \
                           or in `block_on` of a `tokio::runtime::Runtime`";
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Closed => Error::new(ErrorKind::Closed, "the database was closed"),
            PoolError::Timeout(TimeoutType::Wait) => self.timeout(),
            error => {
                let message = format!("cannot get a connection from the connection pool ({error})");
                Error::new(ErrorKind::PoolTimeout, message)
            }
        })
    }

    async fn make_ready(&self, slot: &mut Slot) -> Result<()> {
        if slot.is_open(slot.status()) {
            slot.clean().await?;
        }
        if slot.idled {
            let answer = timely(slot.connection.ping()).await;
            if answer.is_err() {
                // The others have been idle for as long, and would have to be tested one by one.
                self.forget();
            }
            answer?;
            slot.idled = false;
        }
        Ok(())
    }

    /// Prefers another idle connection that already has the right settings, since setting them costs a round trip. If
    /// a program uses both kinds, the pool comes to hold both kinds of connections.
    fn better(&self, object: Object<Manager>, transaction: bool) -> Object<Manager> {
        if object.connection.is_set_for(transaction) || self.pool.status().available == 0 {
            return object;
        }
        match self.at_once() {
            Some(other) if other.is_ready() && other.connection.is_set_for(transaction) => other,
            _ => object,
        }
    }

    #[cold]
    fn timeout(&self) -> Error {
        let PoolStatus { max, waiting, .. } = self.status();
        let (busy, advice) = match max {
            1 => (
                "the only one is in use".to_owned(),
                "a task that has a session open must run its statements on `&mut session`, since on `&db` it waits for \
                 itself; otherwise raise `max_connections`, except for `sqlite::memory:` and test databases, or look for \
                 slow statements and for a server that does not answer",
            ),
            max => (
                format!("all {max} are in use"),
                "raise `max_connections`, or look for slow statements, for a server that does not answer, or for a \
                 session that stays open while its task runs statements on `&db`",
            ),
        };
        let others = match waiting {
            0 => String::new(),
            1 => " and 1 more task is waiting".to_owned(),
            waiting => format!(" and {waiting} more tasks are waiting"),
        };
        let message = format!(
            "no connection of the pool became free within {:?}: {busy}{others}; {advice}",
            self.wait_timeout
        );
        Error::new(ErrorKind::PoolTimeout, message)
    }

    pub(super) fn wait_timeout(&self) -> Duration {
        self.wait_timeout
    }

    pub(super) fn status(&self) -> PoolStatus {
        let status = self.pool.status();
        PoolStatus {
            max: status.max_size,
            open: status.size,
            idle: status.available,
            waiting: status.waiting,
        }
    }

    /// The server's dialect, once there has been a connection.
    pub(super) fn dialect(&self) -> Option<&Dialect> {
        self.pool.manager().dialect.get()
    }

    pub(super) fn close(&self) {
        self.pool.close();
    }

    pub(super) fn forget(&self) {
        self.pool.manager().generation.fetch_add(1, Ordering::AcqRel);
    }
}

/// A connection from the pool. When it is dropped, it is returned: rolled back if its transaction is still open, and closed
/// if it is broken.
pub(crate) struct Pooled(Option<Object<Manager>>);

impl std::fmt::Debug for Pooled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pooled").field(&self.0.as_ref().map(|slot| &slot.connection)).finish()
    }
}

impl Pooled {
    fn slot(&mut self) -> Result<&mut Slot> {
        self.0.as_deref_mut().ok_or_else(|| {
            Error::new(ErrorKind::Closed, "the connection was already returned to the connection pool")
        })
    }

    /// The server and the database, for spans.
    pub(crate) fn address(&self) -> Address<'_> {
        self.0.as_ref().map_or_else(Address::default, |slot| slot.connection.address())
    }

    pub(crate) fn dialect(&self) -> &Dialect {
        match &self.0 {
            Some(slot) => slot.connection.dialect(),
            // Only a connection that is being dropped has no slot.
            None => &crate::dialect::NONE,
        }
    }

    pub(crate) fn status(&self) -> Status {
        self.0.as_ref().map_or(Status::Broken, |slot| slot.status())
    }

    /// Marks the connection as directly accessed: its session state must be reset before its next use.
    pub(crate) fn take_in_hand(&mut self) {
        if let Some(slot) = &mut self.0 {
            slot.by_hand = true;
        }
    }

    /// Whether the rows of a statement were abandoned midway. The next statement discards the rest.
    pub(crate) fn is_unread(&self) -> bool {
        self.0.as_ref().is_some_and(|slot| slot.unread) && self.status() != Status::Broken
    }

    /// Whether a transaction has been begun and not yet ended.
    pub(crate) fn is_begun(&self) -> bool {
        self.0.as_ref().is_some_and(|slot| slot.begun)
    }

    /// Marks the connection as not to be used again.
    pub(crate) fn poison(&mut self) {
        if let Some(slot) = &mut self.0 {
            slot.poisoned = true;
        }
    }

    pub(crate) async fn run(&mut self, statement: &mut Statement, sink: &mut dyn Sink) -> Result<Summary> {
        let slot = self.slot()?;
        // Only statements whose rows are streamed can be abandoned between two rows.
        slot.unread |= sink.pauses();
        let result = slot.connection.run(statement, sink).await;
        slot.unread = false;
        result
    }

    pub(crate) async fn begin(&mut self, options: Begin) -> Result<()> {
        let slot = self.slot()?;
        slot.begun = true;
        let result = slot.step().begin(options).await;
        slot.told("BEGIN", result)
    }

    pub(crate) async fn end(&mut self, end: End) -> Result<()> {
        self.slot()?.end(end).await
    }

    pub(crate) async fn steer(&mut self, sql: &str) -> Result<()> {
        let slot = self.slot()?;
        let result = slot.step().steer(sql).await;
        slot.told(sql, result)
    }

    pub(crate) async fn ping(&mut self) -> Result<()> {
        self.slot()?.connection.ping().await
    }

    /// Returns the connection to the pool.
    pub(crate) fn give_back(&mut self) {
        let Some(mut object) = self.0.take() else { return };
        let status = object.status();
        if status == Status::Broken {
            drop(Object::take(object));
        } else if object.is_open(status) {
            match tokio::runtime::Handle::try_current() {
                // Rolled back at once, so that no lock outlives its session.
                Ok(runtime) => drop(runtime.spawn(async move {
                    if object.clean().await.is_err() || object.connection.status() == Status::Broken {
                        drop(Object::take(object));
                    }
                })),
                // Without a runtime nothing can await the rollback: closing the connection rolls back, too.
                Err(_) => drop(Object::take(object)),
            }
        }
    }
}

impl Drop for Pooled {
    fn drop(&mut self) {
        self.give_back();
    }
}

//! A single database of a handle.

use std::sync::Arc;
use std::time::Duration;

use super::options::Options;
use super::pool::{Pool, PoolSettings, PoolStatus, Pooled};
use super::replicas::Replicas;
use super::steps::Steps;
use crate::dialect::Dialect;
use crate::driver::Driver;
use crate::error::{Error, ErrorKind, Result};
use crate::n_plus_one::Detector;
use crate::query_log::Logs;

/// The name of the database that the builder's `url` names.
pub(super) const DEFAULT: &str = "default";

/// A driver with a connection pool and settings.
pub(crate) struct Member {
    /// Its name; `None` for the default one.
    name: Option<Box<str>>,
    driver: Arc<dyn Driver>,
    pool: Pool,
    pub(super) slow: Duration,
    pub(super) echo: bool,
    pub(super) show_params: bool,
    pub(crate) logs: Logs,
    pub(crate) detector: Detector,
    /// Its read replicas, if any.
    replicas: Option<Box<Member>>,
}

impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct(self.name()).field("driver", &self.driver).field("pool", &self.pool.status()).finish()
    }
}

impl Member {
    pub(super) fn new(name: Option<Box<str>>, driver: Arc<dyn Driver>, options: &Options) -> Result<Self> {
        let wanted = options.max_connections.unwrap_or(10);
        let settings = PoolSettings {
            max_connections: driver.max_connections().map_or(wanted, |most| most.min(wanted)),
            wait_timeout: options.wait_timeout.unwrap_or(Duration::from_secs(30)),
            idle_check: options.idle_check.unwrap_or(Duration::from_secs(30)),
            max_age: options.max_age.unwrap_or(Duration::from_secs(2 * 60 * 60)),
            steps: Steps { echo: options.echo.unwrap_or(false), bind: name.clone() },
        };
        Ok(Member {
            name,
            pool: Pool::new(driver.clone(), settings)?,
            driver,
            slow: options.slow.unwrap_or(Duration::from_secs(1)),
            echo: options.echo.unwrap_or(false),
            show_params: options.show_params.unwrap_or(false),
            logs: Logs::default(),
            detector: Detector::new(options.n_plus_one.unwrap_or_default()),
            replicas: None,
        })
    }

    /// Adds read replicas.
    pub(super) fn with_replicas(self, drivers: Vec<Arc<dyn Driver>>, options: &Options) -> Result<Self> {
        let name = Some(self.replica_name().into());
        let replicas = Member::new(name, Arc::new(Replicas::new(drivers)), options)?;
        Ok(Member { replicas: Some(Box::new(replicas)), ..self })
    }

    /// The name of its replicas, for errors.
    pub(super) fn replica_name(&self) -> String {
        self.name.as_ref().map_or_else(|| "replica".to_owned(), |name| format!("{name} replica"))
    }

    /// Where to read if the data may come from a replica.
    pub(super) fn to_read(&self) -> &Member {
        self.replicas.as_deref().unwrap_or(self)
    }

    /// The database itself and its replicas.
    pub(super) fn each(&self) -> impl Iterator<Item = &Member> {
        std::iter::once(self).chain(self.replicas.as_deref())
    }

    /// Returns the same database over another driver.
    pub(super) fn over(&self, driver: Arc<dyn Driver>) -> Result<Self> {
        let options = Options {
            wait_timeout: Some(self.pool.wait_timeout()),
            slow: Some(self.slow),
            echo: Some(self.echo),
            show_params: Some(self.show_params),
            n_plus_one: Some(self.detector.setting()),
            ..Options::default()
        };
        Member::new(self.name.clone(), driver, &options)
    }

    /// Its name, for display.
    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(DEFAULT)
    }

    /// Its name, unless it is the default one.
    pub(super) fn bind(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Adds the name of this database to an error, unless it is the default one.
    pub(crate) fn named(&self, error: Error) -> Error {
        match &self.name {
            Some(name) => error.with_bind(name),
            None => error,
        }
    }

    /// Handles the error of a connection of this database. After one was lost, all others have to be tested.
    pub(crate) fn failed(&self, error: Error) -> Error {
        if matches!(error.kind(), ErrorKind::ConnectionLost | ErrorKind::CommitInDoubt | ErrorKind::WrongNode)
        {
            self.pool.forget();
        }
        self.named(error)
    }

    pub(super) fn driver(&self) -> &dyn Driver {
        &*self.driver
    }

    pub(crate) fn dialect(&self) -> &Dialect {
        self.pool.dialect().unwrap_or_else(|| self.driver.dialect())
    }

    pub(super) fn status(&self) -> PoolStatus {
        self.pool.status()
    }

    /// Takes a connection for a transaction, or for single statements.
    pub(crate) async fn checkout(&self, transaction: bool) -> Result<Pooled> {
        self.pool.checkout(transaction).await.map_err(|error| self.failed(error))
    }

    pub(super) fn close(&self) {
        self.pool.close();
    }
}

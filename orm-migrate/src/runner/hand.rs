//! The connection that runs migrations, exclusively, on servers with named locks.

use std::time::{Duration, Instant};

use orm::prelude::*;
use orm::raw::{RawConnection, sql_unchecked, sql_verbatim};
use orm::{Error, ErrorKind, Result};

/// Named locks are shared by all databases of a server, and their names must be short.
const LOCK: &str = "CONCAT('orm_migrations.', LEFT(SHA2(DATABASE(), 256), 40))";

/// A connection that holds the lock, so that no other program runs migrations at the same time.
pub(crate) struct Hand<'d> {
    pub(crate) db: &'d Database,
    connection: RawConnection<'d>,
}

/// The time between two requests for a connection.
const PAUSE: Duration = Duration::from_millis(20);

impl<'d> Hand<'d> {
    /// Acquires the lock. The server holds it until the connection ends, including any statement still running on it.
    pub(crate) async fn take(db: &'d Database, wait: Duration) -> Result<Self> {
        let started = Instant::now();
        let mut connection = db.connection().await?;
        loop {
            // In short turns, so that no answer takes longer than a connection's read timeout.
            let turn = wait.saturating_sub(started.elapsed()).as_secs().min(1);
            let lock = sql_unchecked(format!("SELECT GET_LOCK({LOCK}, {turn})"));
            if lock.scalar::<Option<i64>>(&mut connection).await? == Some(1) {
                return Ok(Hand { db, connection });
            }
            // Returned to the pool in between: a step in Rust of the lock's holder may be waiting for a connection of
            // this pool.
            drop(connection);
            connection = loop {
                if started.elapsed() >= wait {
                    return Err(occupied(wait));
                }
                match db.connection().await {
                    // Returned immediately if the pool allows no waiting.
                    Err(error) if error.is_pool_timeout() => tokio::time::sleep(PAUSE).await,
                    connection => break connection?,
                }
            };
        }
    }

    pub(crate) fn connection(&mut self) -> &mut RawConnection<'d> {
        &mut self.connection
    }

    pub(crate) async fn execute(&mut self, sql: &str) -> Result<()> {
        self.connection.execute(sql_verbatim(sql)).await.map(drop)
    }

    /// Ends a transaction that a statement has begun: with COMMIT, or with ROLLBACK after an error.
    pub(crate) async fn end<T>(&mut self, result: Result<T>) -> Result<T> {
        match result {
            Ok(value) => self.execute("COMMIT").await.map(|()| value),
            Err(error) => {
                // The first error counts.
                let _ = self.execute("ROLLBACK").await;
                Err(error)
            }
        }
    }

    /// Releases the lock.
    pub(crate) async fn release(mut self) -> Result<()> {
        self.execute(&format!("DO RELEASE_LOCK({LOCK})")).await
    }
}

/// The error if another program takes too long.
#[cold]
pub(super) fn occupied(wait: Duration) -> Error {
    let message = format!("another program is running migrations, and did not finish within {wait:?}");
    Error::new(ErrorKind::LockTimeout, message)
}

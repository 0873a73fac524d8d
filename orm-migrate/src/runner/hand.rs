//! The connection on which migrations run, alone, where a server has locks by name.

use std::time::{Duration, Instant};

use orm::prelude::*;
use orm::raw::{RawConnection, sql_unchecked, sql_verbatim};
use orm::{Error, ErrorKind, Result};

/// A lock of the server is for all of its databases, and its name is short.
const LOCK: &str = "CONCAT('orm_migrations.', LEFT(SHA2(DATABASE(), 256), 40))";

/// A connection that nobody else runs migrations beside.
pub(crate) struct Hand<'d> {
    pub(crate) db: &'d Database,
    connection: RawConnection<'d>,
}

/// Between two questions for a connection.
const PAUSE: Duration = Duration::from_millis(20);

impl<'d> Hand<'d> {
    /// Takes the lock. The server holds it until the connection is over, which is also when it has ended what was left
    /// running on it.
    pub(crate) async fn take(db: &'d Database, wait: Duration) -> Result<Self> {
        let started = Instant::now();
        let mut connection = db.connection().await?;
        loop {
            // In short turns: no answer takes longer than a connection may wait for one.
            let turn = wait.saturating_sub(started.elapsed()).as_secs().min(1);
            let lock = sql_unchecked(format!("SELECT GET_LOCK({LOCK}, {turn})"));
            if lock.scalar::<Option<i64>>(&mut connection).await? == Some(1) {
                return Ok(Hand { db, connection });
            }
            // Given back in between: a step in Rust of whoever has the lock may wait for a connection of this pool.
            drop(connection);
            connection = loop {
                if started.elapsed() >= wait {
                    return Err(occupied(wait));
                }
                match db.connection().await {
                    // At once, if nobody may wait for a connection.
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

    /// Ends a transaction that was begun by a statement: with a COMMIT if all went well.
    pub(crate) async fn end<T>(&mut self, result: Result<T>) -> Result<T> {
        match result {
            Ok(value) => self.execute("COMMIT").await.map(|()| value),
            Err(error) => {
                // The error that counts is the first one.
                let _ = self.execute("ROLLBACK").await;
                Err(error)
            }
        }
    }

    /// Lets others go on.
    pub(crate) async fn release(mut self) -> Result<()> {
        self.execute(&format!("DO RELEASE_LOCK({LOCK})")).await
    }
}

/// The error when another program took too long.
#[cold]
pub(super) fn occupied(wait: Duration) -> Error {
    let message = format!("another program is running migrations, and was waited for {wait:?}");
    Error::new(ErrorKind::LockTimeout, message)
}

//! The driver that returns the single connection of a test.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::connection::{Cause, TestConnection};
use crate::database::Database;
use crate::dialect::Dialect;
use crate::driver::{Begin, BoxFuture, Connection, Driver};
use crate::error::{Error, ErrorKind, Result};

/// Returns one connection of another database, in a transaction that is never committed.
pub(super) struct TestDriver {
    database: Database,
    member: usize,
    given: AtomicBool,
    cause: Arc<Cause>,
}

impl fmt::Debug for TestDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TestDriver").field(self.database.member(self.member)).finish()
    }
}

impl TestDriver {
    pub(super) fn new(database: Database, member: usize) -> Self {
        TestDriver { database, member, given: AtomicBool::new(false), cause: Arc::default() }
    }

    async fn begin(&self) -> Result<TestConnection> {
        if self.given.load(Ordering::Acquire) {
            return Err(self.over());
        }
        let member = self.database.member(self.member);
        let mut connection = member.checkout(true).await?;
        connection.begin(Begin::default()).await.map_err(|error| member.failed(error))?;
        self.given.store(true, Ordering::Release);
        Ok(TestConnection::new(connection, self.cause.clone()))
    }

    /// The error for a second connection, which would be another transaction, without what the test did in the first.
    #[cold]
    fn over(&self) -> Error {
        let over = "the transaction of this test has ended, so the test cannot continue";
        match self.cause.get() {
            Some(cause) => cause.clone().into_kind(
                ErrorKind::TransactionDead,
                format!("{over}: it was ended by an earlier error ({cause})"),
            ),
            None => {
                Error::new(ErrorKind::TransactionDead, format!("{over}: one of its statements was cancelled"))
            }
        }
    }
}

impl Driver for TestDriver {
    fn dialect(&self) -> &Dialect {
        self.database.member(self.member).dialect()
    }

    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(
            async move { self.begin().await.map(|connection| Box::new(connection) as Box<dyn Connection>) },
        )
    }

    fn max_connections(&self) -> Option<usize> {
        Some(1)
    }
}

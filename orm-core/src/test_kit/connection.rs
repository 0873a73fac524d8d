//! A connection whose transactions are savepoints.

use std::sync::{Arc, OnceLock};

use crate::database::Pooled;
use crate::dialect::Dialect;
use crate::driver::{Address, Begin, BoxFuture, Connection, End, Sink, Status, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::{Statement, implicit_commit};

/// Why the transaction of a test is over, once it is.
pub(super) type Cause = OnceLock<Error>;

/// A connection in the transaction of a test. Transactions on it are savepoints.
#[derive(Debug)]
pub(super) struct TestConnection {
    connection: Pooled,
    /// Whether the code under test has a transaction open.
    nested: bool,
    /// Whether the server has confirmed that the transaction of the test is open.
    confirmed: bool,
    cause: Arc<Cause>,
}

impl TestConnection {
    pub(super) fn new(connection: Pooled, cause: Arc<Cause>) -> Self {
        TestConnection { connection, nested: false, confirmed: false, cause }
    }

    /// Compares with the server's state after a command: the transaction of a test does not end by itself.
    fn settle<T>(&mut self, result: Result<T>) -> Result<T> {
        let ended = result.as_ref().is_err_and(|error| error.kind().ends_transaction());
        let status = self.connection.status();
        self.confirmed |= status == Status::InTransaction;
        let open = status == Status::InTransaction || (status == Status::Idle && !self.confirmed);
        if open && !ended {
            return result;
        }
        let error = result.err().unwrap_or_else(|| {
            let message = "a statement has ended the transaction of the test: what the test did so far may be committed";
            Error::new(ErrorKind::TransactionDead, message)
        });
        Err(self.cause.get_or_init(|| error).clone())
    }

    async fn savepoint(&mut self, verb: &str) -> Result<()> {
        let result = self.connection.steer(&format!("{verb} orm_test")).await;
        self.settle(result)
    }

    /// Refuses statements that would commit the transaction of the test.
    fn check(&self, sql: &str) -> Result<()> {
        let dialect = self.connection.dialect();
        if dialect.ddl.commits
            && let Some(what) = implicit_commit(sql)
        {
            let message = format!(
                "{what} would commit the test's transaction on {}: run it before `for_test`, on the database \
                 itself",
                dialect.name
            );
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        Ok(())
    }

    async fn leave(&mut self, end: End) -> Result<()> {
        if !std::mem::take(&mut self.nested) {
            return Ok(());
        }
        if end != End::Commit {
            self.savepoint("ROLLBACK TO SAVEPOINT").await?;
        }
        self.savepoint("RELEASE SAVEPOINT").await
    }
}

impl Connection for TestConnection {
    fn dialect(&self) -> &Dialect {
        self.connection.dialect()
    }

    fn run<'a>(
        &'a mut self,
        statement: &'a mut Statement,
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<Summary>> {
        Box::pin(async move {
            self.check(&statement.sql)?;
            let result = self.connection.run(statement, sink).await;
            self.settle(result)
        })
    }

    fn steer<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let result = self.connection.steer(sql).await;
            self.settle(result)
        })
    }

    /// Uses the options of the outer transaction: a savepoint has none.
    fn begin(&mut self, options: Begin) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            if options.without_foreign_keys {
                let message = "a database for a test is in a transaction, in which foreign keys cannot be switched off: run \
                               migrations on the database before";
                return Err(Error::new(ErrorKind::Unsupported, message));
            }
            self.savepoint("SAVEPOINT").await?;
            self.nested = true;
            Ok(())
        })
    }

    fn end(&mut self, end: End) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.leave(end))
    }

    fn status(&self) -> Status {
        match self.connection.status() {
            _ if self.cause.get().is_some() => Status::Broken,
            Status::Broken => Status::Broken,
            _ if self.nested => Status::InTransaction,
            _ => Status::Idle,
        }
    }

    fn address(&self) -> Address<'_> {
        self.connection.address()
    }

    fn ping(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let result = self.connection.ping().await;
            self.settle(result)
        })
    }
}

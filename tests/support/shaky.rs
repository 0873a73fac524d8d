//! A driver on top of another database's driver, whose commands suspend, fail and get lost as a test plans: also on
//! SQLite, where no command suspends, and no connection breaks.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use orm::dialect::Dialect;
use orm::driver::{Begin, BoxFuture, Connection, Driver, End, Sink, Status, Summary};
use orm::{Database, Error, ErrorKind, Open as _, Result, Statement};
use tokio::task::yield_now;

/// A fault of a command.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Trouble {
    /// The connection breaks before the command is run.
    Lost,
    /// The command is run, and the connection breaks before the answer.
    Unanswered,
    /// The command is killed before it has done anything.
    Stopped,
    /// The command is not run, and its transaction is rolled back.
    Deadlock,
}

/// A driver with planned faults.
#[derive(Debug, Clone)]
pub struct Shaky {
    under: Database,
    plan: Arc<Mutex<Plan>>,
}

#[derive(Debug, Default)]
struct Plan {
    /// After this many commands.
    next: Option<(u32, Trouble)>,
    met: Option<(String, Trouble)>,
}

/// Polls a future this many times, and then drops it.
pub async fn dropped_after<F: Future>(polls: u32, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = polls;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

impl Shaky {
    pub fn over(db: &Database) -> Self {
        Shaky { under: db.clone(), plan: Arc::default() }
    }

    /// Opens the same database. A future that uses it can be dropped before and after each command.
    pub fn open(&self) -> Database {
        Database::builder().open_with(Arc::new(self.clone())).unwrap()
    }

    /// Plans a fault for the command after this many others.
    pub fn behind(&self, commands: u32, trouble: Trouble) {
        self.plan.lock().unwrap().next = Some((commands, trouble));
    }

    /// Ends all faults. Returns the command that met one.
    pub fn heal(&self) -> Option<(String, Trouble)> {
        std::mem::take(&mut *self.plan.lock().unwrap()).met
    }
}

impl Plan {
    fn trouble_of(&mut self, command: &str) -> Option<Trouble> {
        match self.next.take()? {
            (0, trouble) => {
                self.met = Some((command.to_owned(), trouble));
                Some(trouble)
            }
            (left, trouble) => {
                self.next = Some((left - 1, trouble));
                None
            }
        }
    }
}

impl Driver for Shaky {
    fn dialect(&self) -> &Dialect {
        self.under.driver().dialect()
    }

    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Connection>>> {
        Box::pin(async {
            let under = self.under.driver().connect().await?;
            Ok(Box::new(Line { under, plan: self.plan.clone(), is_cut: false }) as Box<dyn Connection>)
        })
    }
}

/// A connection with planned faults.
#[derive(Debug)]
struct Line {
    under: Box<dyn Connection>,
    plan: Arc<Mutex<Plan>>,
    /// Whether it was lost, or would be if its future were dropped now.
    is_cut: bool,
}

impl Line {
    async fn before(&mut self, command: &str) -> Result<Option<Trouble>> {
        if std::mem::replace(&mut self.is_cut, true) {
            return Err(lost());
        }
        yield_now().await;
        let trouble = self.plan.lock().unwrap().trouble_of(command);
        let error = match trouble {
            Some(Trouble::Lost) => return Err(lost()),
            Some(Trouble::Stopped) => Error::new(ErrorKind::Interrupted, "stopped by a test"),
            Some(Trouble::Deadlock) => {
                self.under.end(End::Rollback).await?;
                Error::new(ErrorKind::Deadlock, "a deadlock, says a test")
            }
            Some(Trouble::Unanswered) | None => {
                self.is_cut = false;
                return Ok(trouble);
            }
        };
        self.is_cut = false;
        Err(error)
    }

    async fn after<T>(&mut self, trouble: Option<Trouble>, result: Result<T>) -> Result<T> {
        self.is_cut = true;
        yield_now().await;
        if trouble.is_some() {
            return Err(lost());
        }
        self.is_cut = false;
        result
    }
}

fn lost() -> Error {
    Error::new(ErrorKind::ConnectionLost, "lost by a test")
}

impl Connection for Line {
    fn dialect(&self) -> &Dialect {
        self.under.dialect()
    }

    fn run<'a>(
        &'a mut self,
        statement: &'a mut Statement,
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<Summary>> {
        Box::pin(async move {
            let trouble = self.before(&statement.sql).await?;
            let result = self.under.run(statement, sink).await;
            self.after(trouble, result).await
        })
    }

    fn steer<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let trouble = self.before(sql).await?;
            let result = self.under.steer(sql).await;
            self.after(trouble, result).await
        })
    }

    fn begin(&mut self, options: Begin) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let trouble = self.before("BEGIN").await?;
            let result = self.under.begin(options).await;
            self.after(trouble, result).await
        })
    }

    fn end(&mut self, end: End) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let trouble = self.before(if end == End::Commit { "COMMIT" } else { "ROLLBACK" }).await?;
            let result = self.under.end(end).await;
            self.after(trouble, result).await
        })
    }

    fn is_set_for(&self, transaction: bool) -> bool {
        self.under.is_set_for(transaction)
    }

    fn status(&self) -> Status {
        if self.is_cut { Status::Broken } else { self.under.status() }
    }

    fn ping(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let trouble = self.before("ping").await?;
            let result = self.under.ping().await;
            self.after(trouble, result).await
        })
    }
}

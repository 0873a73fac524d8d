//! Writing statements to logs.

use std::panic::Location;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;

use super::{Entries, LoggedStatement};
use crate::database::Pooled;
use crate::driver::{Flow, Sink, Summary};
use crate::error::Result;
use crate::syntax::Statement;
use crate::value::Cell;

/// The logs that the statements of one database are written to.
#[derive(Default)]
pub(crate) struct Logs {
    /// Whether there may be any: without logs, a statement checks only this.
    any: AtomicBool,
    logs: Mutex<Vec<Weak<Entries>>>,
}

impl Logs {
    pub(crate) fn add(&self, log: &Arc<Entries>) {
        lock(&self.logs).push(Arc::downgrade(log));
        self.any.store(true, Ordering::Release);
    }

    /// Records a statement that is about to be sent, if there are logs.
    pub(crate) fn record(
        &self,
        sql: &str,
        bind: Option<&str>,
        at: &'static Location<'static>,
    ) -> Option<Record> {
        if !self.any.load(Ordering::Acquire) {
            return None;
        }
        self.write(sql, bind, at)
    }

    #[cold]
    fn write(&self, sql: &str, bind: Option<&str>, at: &'static Location<'static>) -> Option<Record> {
        let mut logs = lock(&self.logs);
        logs.retain(|log| log.strong_count() > 0);
        if logs.is_empty() {
            self.any.store(false, Ordering::Release);
            return None;
        }
        let entry = Arc::new(Mutex::new(LoggedStatement {
            sql: sql.to_owned(),
            bind: bind.map(str::to_owned),
            rows: 0,
            took: None,
            error: None,
            at,
        }));
        for log in logs.iter().filter_map(Weak::upgrade) {
            lock(&log).push(entry.clone());
        }
        Some(Record { entry, started: Instant::now() })
    }
}

/// A logged statement in flight.
pub(crate) struct Record {
    entry: Arc<Mutex<LoggedStatement>>,
    started: Instant,
}

impl Record {
    /// Runs the statement, and records the result.
    pub(crate) async fn run(
        self,
        connection: &mut Pooled,
        statement: &mut Statement,
        sink: &mut dyn Sink,
    ) -> Result<Summary> {
        let mut counting = Counting { sink, row: || lock(&self.entry).rows += 1 };
        let result = connection.run(statement, &mut counting).await;
        self.finish(&result);
        result
    }

    fn finish(&self, result: &Result<Summary>) {
        let mut entry = lock(&self.entry);
        entry.took = Some(self.started.elapsed());
        match result {
            Ok(summary) if entry.rows == 0 => entry.rows = summary.affected,
            Ok(_) => {}
            Err(error) => entry.error = Some(error.kind()),
        }
    }
}

/// Calls a function for each row on its way into a sink.
pub(crate) struct Counting<'a, F> {
    pub(crate) sink: &'a mut dyn Sink,
    pub(crate) row: F,
}

impl<F: FnMut() + Send> Sink for Counting<'_, F> {
    fn wants_columns(&self) -> bool {
        self.sink.wants_columns()
    }

    fn columns(&mut self, names: &[&str]) {
        self.sink.columns(names);
    }

    fn pauses(&self) -> bool {
        self.sink.pauses()
    }

    fn next_set(&mut self) -> bool {
        self.sink.next_set()
    }

    fn ended(&mut self, summary: Summary) {
        self.sink.ended(summary);
    }

    fn row(&mut self, cells: &mut [Cell<'_>]) -> Flow {
        (self.row)();
        self.sink.row(cells)
    }
}

/// Locks a mutex, ignoring poisoning: its content is consistent after every step, even if there was a panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

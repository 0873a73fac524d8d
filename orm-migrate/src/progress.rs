//! Progress reports.

use std::fmt;
use std::sync::Arc;

use crate::Migrations;

/// A statement that is about to run.
///
/// ```
/// # use orm::prelude::*;
/// # use orm_migrate::Migrations;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// # let db = Database::open("sqlite::memory:")?;
/// use std::sync::{Arc, Mutex};
/// let told = Arc::new(Mutex::new(Vec::new()));
/// let listener = Arc::clone(&told);
/// Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1);")])?
///     .on_progress(move |at| {
///         let line = format!("{} {}/{}: {}", at.migration, at.step, at.steps, at.statement);
///         listener.lock().unwrap().push(line);
///     })
///     .up(&db)
///     .await?;
/// assert_eq!(told.lock().unwrap()[1], "1_t 2/2: INSERT INTO t VALUES (1)");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress<'p> {
    /// The name of its migration.
    pub migration: &'p str,
    /// Whether the migration is applied, rather than reverted.
    pub up: bool,
    /// The number of the statement, from 1.
    pub step: usize,
    /// The total number of statements.
    pub steps: usize,
    /// The statement; for a step in Rust, the line that calls it.
    pub statement: &'p str,
}

/// The function to call.
#[derive(Clone, Default)]
pub(crate) struct Listener(Option<Arc<dyn Fn(&Progress<'_>) + Send + Sync>>);

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Listener").field(&self.0.is_some()).finish()
    }
}

impl Listener {
    pub(crate) fn tell(&self, migration: &str, up: bool, at: usize, statements: &[String]) {
        if let (Some(listener), Some(statement)) = (&self.0, statements.get(at)) {
            listener(&Progress { migration, up, step: at + 1, steps: statements.len(), statement });
        }
    }
}

impl Migrations {
    /// Sets a function that is called before each statement.
    ///
    /// ```
    /// # use orm_migrate::Migrations;
    /// let migrations = Migrations::read("migrations")?
    ///     .on_progress(|at| println!("{}: {} of {}", at.migration, at.step, at.steps));
    /// # Ok::<(), orm::Error>(())
    /// ```
    #[must_use]
    pub fn on_progress(mut self, listener: impl Fn(&Progress<'_>) + Send + Sync + 'static) -> Self {
        self.options.listener = Listener(Some(Arc::new(listener)));
        self
    }
}

//! Logged statements.

use std::fmt;
use std::panic::Location;
use std::time::Duration;

use crate::error::ErrorKind;

/// A statement that was sent: see [`QueryLog`](super::QueryLog).
///
/// It prints as one line: its call site, its text, and its result.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let log = db.log();
/// User::query().all(db).await?;
/// let line = log.statements()[0].to_string();
/// assert!(line.contains(r#": SELECT "users"."id", "#) && line.contains("-- 2 rows, "), "{line}");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LoggedStatement {
    /// Its text, without values.
    pub sql: String,
    /// The name of its database, unless it is the default one.
    pub bind: Option<String>,
    /// The number of rows it has returned so far, or that it inserted, deleted, or found to update.
    pub rows: u64,
    /// How long it took. `None` while it runs, or if its future was dropped meanwhile.
    pub took: Option<Duration>,
    /// The kind of its error, if it failed.
    pub error: Option<ErrorKind>,
    /// Where it was called.
    pub at: &'static Location<'static>,
}

impl fmt::Display for LoggedStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.at)?;
        if let Some(bind) = &self.bind {
            write!(f, "[{bind}] ")?;
        }
        write!(f, "{} -- ", self.sql)?;
        match (self.error, self.took) {
            (Some(error), _) => write!(f, "{error:?}"),
            (None, Some(took)) if self.rows == 1 => write!(f, "1 row, {took:.1?}"),
            (None, Some(took)) => write!(f, "{} rows, {took:.1?}", self.rows),
            (None, None) => write!(f, "not finished"),
        }
    }
}

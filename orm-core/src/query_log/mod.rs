//! Query logs: recording the statements that a database runs.

mod assert;
mod record;
mod statement;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

pub use assert::StatementCount;
pub(crate) use record::{Counting, Logs, Record};
pub use statement::LoggedStatement;

use crate::database::Database;

/// The entries of a log, in the order in which the statements were sent.
type Entries = Mutex<Vec<Arc<Mutex<LoggedStatement>>>>;

/// A log of the statements that a database has run since [`Database::log`], from anywhere in the program: for tests that
/// count statements or check their texts, and for debug pages that show what a request has cost.
///
/// It does not include BEGIN, COMMIT, ROLLBACK and savepoints; it does include failed statements. Logging ends when it is
/// dropped, and a database without a log records nothing.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let log = db.log();
/// let feed: Vec<(User, Vec<Post>)> = User::query().with(|u| u.posts()).all(db).await?;
/// assert_eq!((feed.len(), log.len()), (2, 2)); // not one for each user
/// println!("{log}"); // each with its call site, its time and its rows
/// # Ok(()) }) }
/// ```
#[must_use = "a log is of no use if nobody reads it"]
pub struct QueryLog {
    entries: Arc<Entries>,
}

impl Database {
    /// Starts a log of the statements on this database, including those of its clones, sessions and transactions.
    ///
    /// If there are several databases, it covers those that this handle is for.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let log = db.log();
    /// Post::update().set(|p| p.published.to(true)).all_rows().execute(db).await?;
    /// let [update] = &log.statements()[..] else { panic!("{log}") };
    /// assert!(update.sql.starts_with(r#"UPDATE "posts""#));
    /// assert_eq!(update.rows, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn log(&self) -> QueryLog {
        let entries = Arc::default();
        for member in self.each() {
            member.logs.add(&entries);
        }
        QueryLog { entries }
    }
}

impl QueryLog {
    /// Returns the statements sent so far, in order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let log = db.log();
    /// assert!(User::insert().email("ann@example.org").name("Again").execute(db).await.is_err());
    /// let insert = &log.statements()[0];
    /// assert_eq!(insert.error, Some(ErrorKind::UniqueViolation));
    /// assert_eq!(insert.at.line(), line!() - 3);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn statements(&self) -> Vec<LoggedStatement> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().map(|entry| entry.lock().unwrap_or_else(PoisonError::into_inner).clone()).collect()
    }

    /// Returns the number of statements.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let log = db.log();
    /// let mut s = db.session();
    /// let ann = s.get::<User>(1).await?;
    /// assert_eq!(log.len(), 1);
    /// assert_eq!(s.get::<User>(1).await?, ann); // already tracked by the session
    /// assert_eq!(log.len(), 1);
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether there are no statements.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let log = db.log();
    /// db.session().commit().await?; // there was nothing to do
    /// assert!(log.is_empty());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Prints a line for each statement.
impl fmt::Display for QueryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for statement in self.statements() {
            writeln!(f, "{statement}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for QueryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.statements()).finish()
    }
}

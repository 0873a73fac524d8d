//! Assertions on the number of statements.

use std::fmt;
use std::ops::{RangeInclusive, RangeToInclusive};

/// The number of statements that [`assert_statements!`](crate::assert_statements) expects: a number, or a range such as
/// `..=4` or `1..=4`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::assert_statements;
/// assert_statements!(db, 1, User::query().all(db).await?);
/// assert_statements!(db, ..=3, User::query().with(|u| u.posts()).all(db).await?);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number of statements",
    label = "expected a number or a range of numbers",
    note = "write a number such as `2`, or a range such as `..=2` or `1..=2`"
)]
pub trait StatementCount: fmt::Debug {
    /// Whether this number is expected.
    ///
    /// ```
    /// use orm::StatementCount;
    /// assert!(StatementCount::holds(&(1..=3), 2));
    /// assert!(!StatementCount::holds(&1, 2));
    /// ```
    fn holds(&self, count: usize) -> bool;
}

#[diagnostic::do_not_recommend]
impl StatementCount for usize {
    fn holds(&self, count: usize) -> bool {
        *self == count
    }
}

#[diagnostic::do_not_recommend]
impl StatementCount for RangeInclusive<usize> {
    fn holds(&self, count: usize) -> bool {
        self.contains(&count)
    }
}

#[diagnostic::do_not_recommend]
impl StatementCount for RangeToInclusive<usize> {
    fn holds(&self, count: usize) -> bool {
        self.contains(&count)
    }
}

/// Asserts how many statements an expression sends to a database, and returns the expression's value. With it, a test
/// catches N+1 queries as soon as somebody writes them.
///
/// It takes the database, the number, and the expression, which may await and use `?`. Whatever runs on the database
/// meanwhile is counted, except BEGIN, COMMIT, ROLLBACK and savepoints: give each test a database of its own, as
/// [`Database::for_test`](crate::Database::for_test) does. A failed assertion prints each statement with its call site.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::assert_statements;
///
/// let feed = assert_statements!(db, 2, User::query().with(|u| u.posts()).all(db).await?);
/// assert_eq!(feed.len(), 2);
///
/// let mut s = db.session();
/// let ann = s.add(User::insert().email("anna@example.org").name("Anna"));
/// for title in ["One", "Two", "Three"] {
///     s.add(Post::insert().author(ann).title(title));
/// }
/// assert_statements!(db, ..=2, s.commit().await?);
/// # Ok(()) }) }
/// ```
///
/// # Panics
/// If the number differs.
#[macro_export]
macro_rules! assert_statements {
    ($db:expr, $count:expr, $work:expr $(,)?) => {{
        let log = $db.log();
        let result = $work;
        let (expected, sent) = ($count, log.len());
        ::core::assert!(
            $crate::query_log::StatementCount::holds(&expected, sent),
            "statements sent: {sent}, expected: {expected:?}\n{log}"
        );
        result
    }};
}

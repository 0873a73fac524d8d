//! The future of a statement.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::Result;

/// The future returned by terminals. It is a named type so that the compiler reports a mistake before it only once.
///
/// Dropping it before it is ready is safe: the connection in use is closed, and the transaction it was part of, if any,
/// is over.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let count: orm::Pending<'_, i64> = User::query().count(db);
/// assert_eq!(count.await?, 2);
/// # Ok(()) }) }
/// ```
#[must_use = "a statement does nothing until it is awaited"]
// On one line, since rustc shows it below `!query.exists(&db)`.
#[rustfmt::skip]
pub struct Pending<'a, T>( // a statement on its way: `.await?` gives its result
    Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>,
);

impl<'a, T> Pending<'a, T> {
    pub(crate) fn new(future: impl Future<Output = Result<T>> + Send + 'a) -> Self {
        Pending(Box::pin(future))
    }
}

impl<T> Future for Pending<'_, T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for Pending<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").finish_non_exhaustive()
    }
}

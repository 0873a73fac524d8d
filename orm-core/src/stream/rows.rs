//! The stream.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Shared;
use crate::error::{Error, Result};

/// Streams rows one by one, as the database returns them: made by `stream` of a query or a [`Sql`](crate::raw::Sql).
///
/// Rows arrive in portions of eight, or of 64 KiB: if the database returns them slowly, the stream waits until a portion is
/// full, or the last row has arrived. No more than some hundred rows are in memory at a time, on SQLite two thousand; if
/// they are not taken, the database waits (backpressure). The stream borrows the session or holds the connection: a second
/// statement there does not compile.
///
/// It may be dropped at any time. If the server has little left to send, the rest is read; otherwise, the server is told to
/// stop. The session, its transaction and the connection remain usable.
///
/// Rows with their [relations](crate::query::Query::with) come in portions of 500: one statement that continues after the
/// last row of the portion before, in the order of the query and then of the primary key (in the direction of the last sort
/// key), and one for each to-many relation. A portion takes one connection, and returns it before its rows are processed: a
/// pool of one connection is enough, and between two portions others can use it. In a session, all portions see what its
/// transaction sees; on `&db`, each sees the data at the time when it is read, and a row whose position in the order changes
/// meanwhile may come twice, or not at all. Without an index for the order, every portion sorts anew: use larger ones then,
/// with [`portions`](Self::portions).
///
/// It also implements [`Stream`] of `Result<T>`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut letters = 0;
/// let mut users = User::query().stream(db);
/// while let Some(user) = users.next().await? {
///     letters += user.name.len();
/// }
/// assert_eq!(letters, 6);
/// # Ok(()) }) }
/// ```
#[must_use = "a stream does nothing until its rows are taken"]
pub struct RowStream<'a, T> {
    /// The statement, until it has finished.
    run: Option<Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>>,
    shared: Shared<T>,
    /// The rows that were taken. It is swapped with the shared buffer, so that both keep their capacity.
    ready: VecDeque<T>,
    error: Option<Error>,
}

impl<T> fmt::Debug for RowStream<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowStream").field("ended", &self.run.is_none()).finish_non_exhaustive()
    }
}

// Rows are moved out, never pinned in place.
impl<T> Unpin for RowStream<'_, T> {}

impl<'a, T> RowStream<'a, T> {
    /// Streams the rows that `run` puts into `shared`.
    pub(crate) fn new(shared: Shared<T>, run: impl Future<Output = Result<()>> + Send + 'a) -> Self {
        RowStream { run: Some(Box::pin(run)), shared, ready: VecDeque::new(), error: None }
    }

    /// Returns the next row, or `None` at the end. After an error, there are no more rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut titles = Post::query().order_by(|p| p.id.asc()).select(|p| p.title).stream(db);
    /// assert_eq!(titles.next().await?.as_deref(), Some("Hello"));
    /// assert_eq!(titles.next().await?.as_deref(), Some("Draft"));
    /// assert_eq!(titles.next().await?, None);
    /// # Ok(()) }) }
    /// ```
    #[allow(clippy::should_implement_trait, reason = "it is awaited")]
    pub fn next(&mut self) -> NextRow<'_, 'a, T> {
        NextRow { rows: self }
    }

    /// Returns the rows in chunks of `rows` rows; the last one may be smaller.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut parts = sql!("SELECT id FROM {@Post} UNION SELECT 7 ORDER BY id").stream::<i64>(db).chunks(2);
    /// assert_eq!(parts.next().await?, Some(vec![1, 2]));
    /// assert_eq!(parts.next().await?, Some(vec![7]));
    /// assert_eq!(parts.next().await?, None);
    /// # Ok(()) }) }
    /// ```
    pub fn chunks(self, rows: usize) -> RowChunks<'a, T> {
        RowChunks { rows: self, size: rows.max(1) }
    }

    /// Sets how many rows are read at a time, instead of 500 for rows with relations, and eight for others. A whole portion,
    /// including related rows, is in memory at once.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let log = db.log();
    /// let mut feed = User::query().with(|u| u.posts()).stream(db).portions(1);
    /// while let Some((user, posts)) = feed.next().await? {
    ///     assert_eq!(posts.len(), if user.name == "Ann" { 2 } else { 0 });
    /// }
    /// assert_eq!(log.len(), 5); // two for users and two for posts; the third for users finds no more
    /// # Ok(()) }) }
    /// ```
    pub fn portions(self, rows: usize) -> Self {
        self.shared.lock().portion = rows.max(1);
        self
    }

    fn poll_row(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<T>>> {
        loop {
            if let Some(row) = self.ready.pop_front() {
                return Poll::Ready(Ok(Some(row)));
            }
            let Some(run) = &mut self.run else {
                return Poll::Ready(self.error.take().map_or(Ok(None), Err));
            };
            let mut failed = None;
            if let Poll::Ready(result) = run.as_mut().poll(context) {
                self.run = None;
                failed = result.err();
            }
            let mut chunk = self.shared.lock();
            // Between pauses, the driver is in the middle of a result: if rows were handed out then and the caller dropped
            // the stream, the result would be cut off, and the transaction with it.
            if self.run.is_some() && !std::mem::take(&mut chunk.paused) {
                return Poll::Pending;
            }
            // The error of a row takes precedence, since further errors may follow from it.
            self.error = self.error.take().or_else(|| chunk.error.take()).or(failed);
            std::mem::swap(&mut chunk.rows, &mut self.ready);
        }
    }
}

impl<T> Stream for RowStream<'_, T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        self.get_mut().poll_row(context).map(Result::transpose)
    }
}

/// The future of the next row of a [`RowStream`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut users = User::query().order_by(|u| u.id.asc()).stream(db);
/// let first: Option<User> = users.next().await?;
/// assert_eq!(first.unwrap().name, "Ann");
/// # Ok(()) }) }
/// ```
#[must_use = "a row is not taken until it is awaited"]
#[derive(Debug)]
pub struct NextRow<'s, 'a, T> {
    rows: &'s mut RowStream<'a, T>,
}

impl<T> Future for NextRow<'_, '_, T> {
    type Output = Result<Option<T>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.get_mut().rows.poll_row(context)
    }
}

/// Streams rows in chunks. See [`RowStream::chunks`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut parts = User::query().stream(db).chunks(10);
/// while let Some(users) = parts.next().await? {
///     assert_eq!(users.len(), 2);
/// }
/// # Ok(()) }) }
/// ```
#[must_use = "a stream does nothing until its rows are taken"]
#[derive(Debug)]
pub struct RowChunks<'a, T> {
    rows: RowStream<'a, T>,
    size: usize,
}

impl<T> RowChunks<'_, T> {
    /// Returns the next chunk, or `None` at the end.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut parts = User::query().stream(db).chunks(1_000);
    /// while let Some(users) = parts.next().await? {
    ///     assert_eq!(users.len(), 2);
    /// }
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The error of the statement or of a row; the rows before it in the same chunk are lost.
    #[allow(clippy::should_implement_trait, reason = "it is awaited")]
    pub async fn next(&mut self) -> Result<Option<Vec<T>>> {
        let mut part = Vec::new();
        std::future::poll_fn(|context| {
            while part.len() < self.size {
                match ready!(self.rows.poll_row(context))? {
                    Some(row) => part.push(row),
                    None => break,
                }
            }
            Poll::Ready(Ok::<_, Error>(()))
        })
        .await?;
        Ok(if part.is_empty() { None } else { Some(part) })
    }
}

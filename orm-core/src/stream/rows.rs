//! The stream.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Shared;
use crate::error::{Error, Result};

/// Rows one by one, as the database gives them: made by `stream` of a query or a [`Sql`](crate::raw::Sql).
///
/// They come in portions of eight, or of 64 KiB: a database that gives them slowly is waited for until a portion is full, or
/// the last row is there. No more than some hundred rows are in memory at a time, on SQLite two thousand, and the database
/// waits if they are not taken. While it is there, it has the session or the connection for itself: a second statement there
/// does not compile.
///
/// It may be dropped at any time. What the server still has to send is then read if it is little, else the server is told
/// to stop: a session, its transaction and the connection go on.
///
/// Rows with their [relations](crate::query::Query::with) come in portions of 500, each by a statement that goes on behind the last
/// row of the one before, in the order of the query and then of the primary key (in the direction of the last order that is
/// said), and one for each relation to many. So a portion takes one connection, and gives it back before its rows are looked at: a pool of one is enough, and between two portions
/// others may have it. In a session all of them see what its transaction sees; on `&db` each sees what is there when it is
/// read, and a row whose place in the order changes meanwhile may come twice, or not at all. An order that has no index is
/// made anew for each portion: say larger ones then with [`portions`](Self::portions).
///
/// It is a [`Stream`] of `Result<T>`, too, for those who have that trait in scope.
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
    /// The statement, until it has ended.
    run: Option<Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>>,
    shared: Shared<T>,
    /// What was taken of it; the two change their places, so that both keep their room.
    ready: VecDeque<T>,
    error: Option<Error>,
}

impl<T> fmt::Debug for RowStream<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowStream").field("ended", &self.run.is_none()).finish_non_exhaustive()
    }
}

// Rows move out of it, never in place.
impl<T> Unpin for RowStream<'_, T> {}

impl<'a, T> RowStream<'a, T> {
    /// The rows that `run` puts into `shared`.
    pub(crate) fn new(shared: Shared<T>, run: impl Future<Output = Result<()>> + Send + 'a) -> Self {
        RowStream { run: Some(Box::pin(run)), shared, ready: VecDeque::new(), error: None }
    }

    /// The next row, or `None` at the end. After an error there are no more rows.
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

    /// The same in parts of so many rows, of which only the last is smaller.
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

    /// So many rows are read at a time: of rows with their relations instead of 500, of others instead of eight. A portion is
    /// in memory as a whole, with what its relations lead to.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let log = db.log();
    /// let mut feed = User::query().with(|u| u.posts()).stream(db).portions(1);
    /// while let Some((user, posts)) = feed.next().await? {
    ///     assert_eq!(posts.len(), if user.name == "Ann" { 2 } else { 0 });
    /// }
    /// assert_eq!(log.len(), 5); // two of users and two of posts; the third of users finds no more
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
            // Between pauses the driver is in the middle of an answer: whoever had a row then and left would cut it off,
            // and end the transaction with it.
            if self.run.is_some() && !std::mem::take(&mut chunk.paused) {
                return Poll::Pending;
            }
            // An error of a row comes first: what follows from it may be another one.
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

/// The next row of a [`RowStream`], on its way.
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

/// Rows in parts: see [`RowStream::chunks`].
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
    /// The next part, or `None` at the end.
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
    /// That of the statement or of a row; the rows before it in the same part are lost.
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

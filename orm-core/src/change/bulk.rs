//! Bulk inserts.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::plan::{MAX_ROWS, plan, plan_files, size};
use super::{InsertAll, IntoRow};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::model::Model;
use crate::session::{Executor, Lease, On, Pending, Whole};
use crate::syntax::{Command, Node};

/// The bytes sent to the database at a time: more gains nothing and costs memory.
const PORTION: usize = 4 << 20;
/// The maximum number of values sent in one file, however small they are.
const VALUES: usize = 1 << 17;

/// Pushes the nodes of the next row onto a list; returns `false` at the end.
type Source<'r> = Box<dyn FnMut(&mut Context<'_>, &mut Vec<Node>) -> Poll<Result<bool>> + Send + 'r>;

/// A bulk insert of very many rows, made by [`InsertAll::bulk`] or [`Model::insert_stream`].
///
/// Inserts all of the rows or none, in a transaction of its own or in a savepoint of the one that it runs in. On MySQL and
/// MariaDB the rows are sent with `LOAD DATA LOCAL`: nothing is prepared, and the limit on placeholders does not apply. The
/// program must allow this with `local_infile=true` in its URL, and the server with its variable `local_infile`. What
/// `LOAD DATA` would silently accept is an error, as with any insert: a duplicate key, or a value that does not fit. SQLite
/// has no such statement: there, the rows are inserted with INSERT statements in one transaction.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let posts = (0..20_000).map(|number| Post::insert().author_id(2).title(number.to_string()));
/// let load = Post::insert_all(posts).bulk().progress(|rows| println!("{rows} rows so far"));
/// assert_eq!(load.execute(db).await?, 20_000);
/// # Ok(()) }) }
/// ```
#[must_use = "an insert does nothing until `.execute(&db)` runs it"]
pub struct BulkInsert<'r, T: Model> {
    rows: Source<'r>,
    progress: Box<dyn FnMut(u64) + Send + 'r>,
    _model: PhantomData<fn() -> T>,
}

impl<T: Model> fmt::Debug for BulkInsert<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkInsert").field("model", &T::table().model).finish_non_exhaustive()
    }
}

impl<T: Model> InsertAll<T> {
    /// Turns this into a bulk insert, sent as a file where the database supports it: see [`BulkInsert`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = ["One", "Two"].map(|title| Post::insert().author_id(2).title(title));
    /// assert_eq!(Post::insert_all(posts).bulk().execute(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn bulk(self) -> BulkInsert<'static, T> {
        let width = T::table().columns.len();
        let mut nodes = self.nodes.into_iter();
        BulkInsert::new(move |_, portion| {
            let before = portion.len();
            portion.extend(nodes.by_ref().take(width));
            Poll::Ready(Ok(portion.len() > before))
        })
    }
}

impl<'r, T: Model> BulkInsert<'r, T> {
    fn new(rows: impl FnMut(&mut Context<'_>, &mut Vec<Node>) -> Poll<Result<bool>> + Send + 'r) -> Self {
        BulkInsert { rows: Box::new(rows), progress: Box::new(|_| {}), _model: PhantomData }
    }

    pub(crate) fn of_stream<R: IntoRow<T>>(rows: impl Stream<Item = Result<R>> + Send + 'r) -> Self {
        let mut rows = Box::pin(rows);
        BulkInsert::new(move |context, portion| {
            rows.as_mut().poll_next(context).map(|row| match row {
                Some(row) => {
                    row?.push(portion);
                    Ok(true)
                }
                None => Ok(false),
            })
        })
    }

    /// Sets a function that is called with the number of rows that the database has taken so far, some thousands at a time.
    /// The rows are permanent only at the end.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut taken = 0;
    /// let posts = ["One", "Two"].map(|title| Post::insert().author_id(2).title(title));
    /// Post::insert_all(posts).bulk().progress(|rows| taken = rows).execute(db).await?;
    /// assert_eq!(taken, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn progress(mut self, tell: impl FnMut(u64) + Send + 'r) -> Self {
        self.progress = Box::new(tell);
        self
    }

    /// Inserts the rows and returns how many there were.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users = ["Cid", "Dee"].map(|name| User::insert().email(format!("{name}@example.org")).name(name));
    /// let taken = User::insert().email("ann@example.org").name("Another Ann");
    /// let load = User::insert_all(users.into_iter().chain([taken])).bulk();
    /// assert!(load.execute(db).await.unwrap_err().is_unique_violation());
    /// assert_eq!(User::query().count(db).await?, 2); // none of them
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `Unsupported` if the program or the server does not allow it; otherwise those of an insert, and those that the
    /// stream of rows returns.
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64>
    where
        'r: 'a,
    {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(self.run(on, at))
    }

    async fn run(mut self, on: On<'_>, at: &'static Location<'static>) -> Result<u64> {
        let first = self.portion(MAX_ROWS).await?;
        if first.is_empty() {
            return Ok(0);
        }
        let mut whole = on.whole(T::table().bind, at).await?;
        match self.put_all(&mut whole, first, at).await {
            Ok(rows) => whole.keep(at).await.map(|()| rows),
            Err(error) => {
                whole.undo().await;
                Err(error)
            }
        }
    }

    async fn put_all(
        &mut self,
        whole: &mut Whole<'_>,
        first: Vec<Node>,
        at: &'static Location<'static>,
    ) -> Result<u64> {
        let (mut portion, mut rows) = (first, 0);
        while !portion.is_empty() {
            let mut lease = whole.lease().await?;
            let next = rows_at_once(lease.dialect(), T::table().columns.len());
            rows += put::<T>(&mut lease, portion, at).await?;
            (self.progress)(rows);
            portion = self.portion(next).await?;
        }
        Ok(rows)
    }

    /// Collects up to `rows` rows, fewer if they are large.
    async fn portion(&mut self, rows: usize) -> Result<Vec<Node>> {
        let (mut nodes, mut bytes) = (Vec::new(), 0);
        for _ in 0..rows {
            if bytes >= PORTION {
                break;
            }
            let before = nodes.len();
            if !std::future::poll_fn(|context| (self.rows)(context, &mut nodes)).await? {
                break;
            }
            bytes += nodes[before..].iter().map(size).sum::<usize>();
        }
        Ok(nodes)
    }
}

/// How many rows are sent at a time: as many as fit in a file, or in one statement. Rows of one statement need not be
/// regrouped, and are written while they are still in the processor's cache.
fn rows_at_once(dialect: &Dialect, width: usize) -> usize {
    let rows = if dialect.load.is_some() { VALUES / width } else { MAX_ROWS.min(dialect.max_params / width) };
    rows.max(1)
}

/// Inserts a portion of the rows.
async fn put<T: Model>(
    lease: &mut Lease<'_>,
    nodes: Vec<Node>,
    at: &'static Location<'static>,
) -> Result<u64> {
    let files = lease.dialect().load.is_some() && nodes.iter().all(is_given);
    let inserts = match files {
        true => plan_files(T::table(), nodes, lease.scopes()),
        false => plan(T::table(), nodes, lease.dialect(), lease.scopes()),
    };
    let mut rows = 0;
    for insert in inserts {
        // A row of nothing but defaults has no columns to write to a file.
        let file = files && !insert.columns.is_empty();
        let command = if file { Command::Load(Box::new(insert)) } else { Command::Insert(Box::new(insert)) };
        rows += lease.run(command, &mut (), at).await?.affected;
    }
    Ok(rows)
}

/// Whether the server computes nothing but a default for the node.
fn is_given(node: &Node) -> bool {
    matches!(node, Node::Value(_) | Node::Default)
}

//! The terminals: methods that run a query.

use std::panic::Location;

use super::cursor::Cursor;
use super::page::{Page, page};
use super::slice::{Direction, Slice, slice};
use super::{Query, Rows};
use crate::error::{Error, ErrorKind, Result};
use crate::relation::{Reader, fetch_graph};
use crate::scope::Scope;
use crate::session::{Executor, Fetch, Labels, Lease, On, Pending, Transaction};
use crate::stream::{RowStream, typed};
use crate::syntax::{Command, Projection, Select};
use crate::unit::{Entities, track};
use crate::value::{Cells, Fault};

/// Reads one row.
pub(crate) type Read<O> = fn(&mut Cells<'_, '_>) -> Result<O, Fault>;

/// Writes the methods of queries and of finished selections. The methods are passed to the macro rather than written in it,
/// so that compiler errors show the method and not the macro.
macro_rules! on_both {
    ($($methods:tt)*) => {
        impl<S: Scope, O: Send + 'static> Query<S, O> {
            $($methods)*
        }

        impl<O: Send + 'static> Rows<O> {
            $($methods)*
        }
    };
}

on_both! {
    /// Returns all rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let names = User::query().order_by(|u| u.name.asc()).select(|u| u.name).all(db).await?;
    /// assert_eq!(names, ["Ann", "Bob"]);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("fetch_all", "get_results", "to_list"))]
    #[track_caller]
    pub fn all<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<O>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(fetch(self.select, self.reader, on, at))
    }

    /// Returns all rows, tracked by a session: a [`Handle`](crate::unit::Handle) for each, in the shape of the rows, which
    /// have to be whole models, or tuples, options and lists of these.
    ///
    /// Pending changes are flushed first, unless [autoflush is off](Transaction::set_autoflush). By the identity map, a row
    /// that is already tracked keeps its one handle and its values, since within a transaction, values that were read do not
    /// change by themselves. A row that was read in an earlier transaction, or that the query locks, is refreshed.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// for draft in Post::query().filter(|p| p.published.is_false()).track(&mut s).await? {
    ///     s[draft].published = true;
    /// }
    /// s.commit().await?;
    /// assert_eq!(Post::query().filter(|p| p.published.is_true()).count(db).await?, 2);
    ///
    /// let pairs = Post::query().join(|p| p.author()).track(&mut s).await?;
    /// assert_eq!(pairs[0].1, pairs[1].1); // one author, one handle
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn track<H: Send + 'static>(self, tx: &mut Transaction) -> Pending<'_, Vec<H>>
    where
        O: Entities<H>,
    {
        Pending::new(track(self.select, self.reader, tx, Location::caller()))
    }

    /// Streams the rows one by one, in constant memory; with their relations, in portions. See [`RowStream`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let mut posts = Post::query().order_by(|p| p.id.asc()).stream(&mut s);
    /// while let Some(post) = posts.next().await? {
    ///     if post.published {
    ///         break; // the rest is not read
    ///     }
    /// }
    /// drop(posts);
    /// assert_eq!(Post::query().count(&mut s).await?, 2);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn stream<'a>(self, on: impl Executor<'a>) -> RowStream<'a, O> {
        typed(self.select, self.reader, on.on(), Location::caller())
    }

    /// Returns the first row, or `None` if there is none. Without `order_by`, any row may come first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest: Option<Post> = Post::query().order_by(|p| p.id.desc()).first(db).await?;
    /// assert_eq!(newest.unwrap().title, "Draft");
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn first<'a>(self, on: impl Executor<'a>) -> Pending<'a, Option<O>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move {
            let select = at_most(self.select, 1);
            Ok(fetch(select, self.reader, on, at).await?.into_iter().next())
        })
    }

    /// Returns the only row. Fails with kind `NotFound` if there is none, `MoreThanOne` if there are more.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann: User = User::query().filter(|u| u.email.eq("ann@example.org")).one(db).await?;
    /// assert_eq!(ann.name, "Ann");
    /// assert!(User::find(99).one(db).await.unwrap_err().is_not_found());
    /// assert!(User::query().one(db).await.unwrap_err().is_more_than_one());
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("fetch_one", "get_result", "single", "first_or_404"))]
    #[track_caller]
    pub fn one<'a>(self, on: impl Executor<'a>) -> Pending<'a, O> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move {
            let model = self.select.subject();
            let rows = fetch(at_most(self.select, 2), self.reader, on, at).await?;
            only(rows, model)?.ok_or_else(|| not_found(model))
        })
    }

    /// Returns the only row, or `None` if there is none. Fails with kind `MoreThanOne` if there are more.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let nobody: Option<User> = User::query().filter(|u| u.email.eq("zoe@example.org")).optional(db).await?;
    /// assert_eq!(nobody, None);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("fetch_optional", "one_or_none"))]
    #[track_caller]
    pub fn optional<'a>(self, on: impl Executor<'a>) -> Pending<'a, Option<O>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move {
            let model = self.select.subject();
            only(fetch(at_most(self.select, 2), self.reader, on, at).await?, model)
        })
    }

    /// Returns page `number`, counted from 1, with at most `size` rows, and the total number of rows. Runs two statements,
    /// or one if the page turns out to be the last: not full, and not empty unless it is the first. Give the query an order
    /// without ties, so that every page has the same order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let page = User::query().order_by(|u| u.name.asc()).select(|u| u.name).page(1, 10, db).await?;
    /// assert_eq!((page.rows, page.total), (vec!["Ann".to_owned(), "Bob".to_owned()], 2));
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `InvalidQuery` if `number` or `size` is 0, besides those of the statements.
    #[doc(alias("paginate"))]
    #[track_caller]
    pub fn page<'a>(self, number: u64, size: u64, on: impl Executor<'a>) -> Pending<'a, Page<O>> { // `.page(1, 20, &db).await?`
        let (on, at) = (on.on(), Location::caller());
        Pending::new(page(self.select, self.reader, (number, size), on, at))
    }

    /// Returns the rows after a cursor, or the first ones without a cursor: as many as `limit` says (keyset pagination). The
    /// primary key is appended to the order, so that no row is repeated or missed however many are inserted and deleted in
    /// between. It is sorted in the direction of the last `order_by` key, or against it if the model only has an index for
    /// that (`index(created_at desc)`).
    ///
    /// Rows of a derived table are distinguished by the keys selected into it: alone, as part of whole rows, or as group
    /// keys. Where there is no key, as in a view or in `values(..)`, give an order without ties.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = Post::query().order_by(|p| p.published.desc()).limit(1);
    /// let first = posts.clone().after(None, db).await?;
    /// let second = posts.after(first.next.as_ref(), db).await?;
    /// assert_eq!((first.rows[0].id, second.rows[0].id), (1, 2));
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `InvalidCursor` if the cursor belongs to another query or another order. Kind `InvalidQuery` without a `limit`, with
    /// an `offset`, without a key or an order, or after `distinct`, a set operation or groups, unless these are a derived table.
    #[track_caller]
    pub fn after<'a>(self, cursor: Option<&Cursor>, on: impl Executor<'a>) -> Pending<'a, Slice<O>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(slice(self.select, self.reader, cursor.cloned(), Direction::After, on, at))
    }

    /// Returns the rows before a cursor, or the last ones without a cursor, in the order of the query. See
    /// [`after`](Self::after).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let last = Post::query().order_by(|p| p.id.asc()).limit(1).before(None, db).await?;
    /// assert_eq!(last.rows[0].title, "Draft");
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn before<'a>(self, cursor: Option<&Cursor>, on: impl Executor<'a>) -> Pending<'a, Slice<O>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(slice(self.select, self.reader, cursor.cloned(), Direction::Before, on, at))
    }

    /// Counts the rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(Post::query().filter(|p| p.published.is_true()).count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn count<'a>(self, on: impl Executor<'a>) -> Pending<'a, i64> { // of rows; of values: `.aggregate(|g| g.count_of(|u| u.age))`
        let (on, at) = (on.on(), Location::caller());
        Pending::new(count(self.select, on, at))
    }

    /// Returns whether there are any rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert!(User::query().filter(|u| u.email.eq("ann@example.org")).exists(db).await?);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("any"))]
    #[track_caller]
    pub fn exists<'a>(self, on: impl Executor<'a>) -> Pending<'a, bool> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(exists(self.select, on, at))
    }
}

pub(crate) async fn fetch<O: Send>(
    select: Box<Select>,
    reader: Reader<O>,
    on: On<'_>,
    at: &'static Location<'static>,
) -> Result<Vec<O>> {
    let mut lease = on.lease(select.bind(), at).await?.watched();
    fetch_on(select, reader, &mut lease, at).await
}

pub(super) async fn fetch_on<O: Send>(
    select: Box<Select>,
    reader: Reader<O>,
    lease: &mut Lease<'_>,
    at: &'static Location<'static>,
) -> Result<Vec<O>> {
    let read = match reader {
        Reader::Rows(read) => read,
        // Boxed, so that the future of a query without relations to load stays small.
        Reader::Graph(plan) => return Box::pin(fetch_graph(select, &*plan, lease, at)).await,
    };
    let labels = Labels::of(&select);
    let mut rows = Fetch::new(read);
    lease.run(Command::Select(select), &mut rows, at).await?;
    rows.finish(|index| labels.at(index))
}

async fn scalar<O: crate::Value>(
    command: Command,
    lease: &mut Lease<'_>,
    at: &'static Location<'static>,
) -> Result<Option<O>> {
    let mut rows: Fetch<O> = Fetch::new(|cells| cells.value());
    lease.run(command, &mut rows, at).await?;
    Ok(rows.finish(crate::session::Label::Computed)?.into_iter().next())
}

async fn count(select: Box<Select>, on: On<'_>, at: &'static Location<'static>) -> Result<i64> {
    let mut lease = on.lease(select.bind(), at).await?.watched();
    count_on(select, &mut lease, at).await
}

pub(super) async fn count_on(
    mut select: Box<Select>,
    lease: &mut Lease<'_>,
    at: &'static Location<'static>,
) -> Result<i64> {
    select.strip();
    let command = if select.is_shaped() {
        Command::Count(select)
    } else {
        select.projection = Projection::Count;
        Command::Select(select)
    };
    Ok(scalar(command, lease, at).await?.unwrap_or(0))
}

async fn exists(mut select: Box<Select>, on: On<'_>, at: &'static Location<'static>) -> Result<bool> {
    select.strip();
    let mut lease = on.lease(select.bind(), at).await?.watched();
    Ok(scalar::<bool>(Command::Exists(select), &mut lease, at).await?.unwrap_or(false))
}

/// Limits a select of which no further rows would be read. One by primary key returns at most one row anyway.
fn at_most(mut select: Box<Select>, rows: u64) -> Box<Select> {
    if !select.by_key {
        select.limit = Some(select.limit.map_or(rows, |limit| limit.min(rows)));
    }
    select
}

fn only<O>(rows: Vec<O>, model: &str) -> Result<Option<O>> {
    let mut rows = rows.into_iter();
    let first = rows.next();
    match rows.next() {
        None => Ok(first),
        Some(_) => {
            let message =
                format!("more than one row of `{model}` matches; use `first`, or filter more narrowly");
            Err(Error::new(ErrorKind::MoreThanOne, message))
        }
    }
}

#[cold]
fn not_found(model: &str) -> Error {
    Error::new(ErrorKind::NotFound, format!("no row of `{model}` matches"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// glibc caches no freed blocks larger than 1,032 bytes, and a terminal adds some 60 to this: above that, a query by key
    /// takes 3 % more instructions.
    #[test]
    fn the_future_of_a_query_is_small() {
        fn size<A, F: Future>(_: impl FnOnce(A) -> F) -> usize {
            size_of::<F>()
        }
        type Given = (Box<Select>, Reader<u8>, On<'static>, &'static Location<'static>);
        let size = size(|(select, reader, on, at): Given| fetch(select, reader, on, at));
        assert!(size <= 944, "{size}");
    }
}

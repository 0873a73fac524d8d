//! Loading the related rows of several rows in memory.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use super::ends::Ends;
use super::gather::Loader;
use super::graph::root_fields;
use super::only::only;
use super::{Gather, Load, Plan};
use crate::error::{Error, ErrorKind, Result};
use crate::mode::Required;
use crate::model::Model;
use crate::session::{Executor, On, Pending, Transaction, column_of};
use crate::syntax::{Item, Node, Source};
use crate::unit::{Entities, track_rows};
use crate::value::{Cell, Cells};

/// The related rows of several rows in memory, to be loaded: see [`Model::load`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let users: Vec<User> = User::query().order_by(|u| u.id.asc()).all(db).await?;
/// let posts: Vec<Vec<Post>> = User::load(&users, |u| u.posts()).all(db).await?;
/// assert_eq!(posts.iter().map(Vec::len).collect::<Vec<_>>(), [2, 0]);
/// # Ok(()) }) }
/// ```
#[must_use = "nothing is loaded until `all` or `track`"]
pub struct Related<O> {
    bind: Option<&'static str>,
    rows: usize,
    /// The gather, which has already read the rows in memory.
    gather: Result<Box<dyn Gather<O>>>,
}

impl<O> fmt::Debug for Related<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Related").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl<O: Send + 'static> Related<O> {
    pub(crate) fn new<'r, T: Model, L: Load<Output = O>>(
        rows: impl IntoIterator<Item = &'r T>,
        load: impl FnOnce(T::Fields<Required>) -> L,
    ) -> Self {
        let plan = load(root_fields::<T>()).plan_at_hand(Source::nowhere());
        let table = T::table();
        let (columns, plan) = match own_columns(&*plan) {
            Some(columns) => (columns, plan),
            None if table.primary_key.is_empty() => {
                let message = format!(
                    "loading a relation over several steps queries the rows again, but `{}` has no primary \
                     key to find them by: load it together with the rows, as in `{0}::query().with(..)`, or \
                     declare a key for the view",
                    table.model
                );
                let gather = Err(Error::new(ErrorKind::InvalidQuery, message));
                return Related { bind: table.bind, rows: 0, gather };
            }
            None => {
                let plan = reread::<T, O>(plan);
                (own_columns(&*plan).unwrap_or_default(), plan)
            }
        };
        let mut gather = plan.gather();
        let mut count = 0;
        let read = rows.into_iter().try_for_each(|row| {
            count += 1;
            read_row(row, &columns, &mut *gather)
        });
        Related { bind: table.bind, rows: count, gather: read.map(|()| gather) }
    }

    /// Loads the related rows of each row, in the order of the rows: one statement, and one more for each level of `with` in
    /// the relation. Sends nothing if there are no rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = Post::query().order_by(|p| p.id.asc()).all(db).await?;
    /// let authors: Vec<User> = Post::load(&posts, |p| p.author()).all(db).await?;
    /// assert_eq!(authors[1].name, "Ann");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotFound` if a required row does not exist: the one that a foreign key references, or, for relations over several
    /// steps, the row in memory itself.
    #[track_caller]
    pub fn all<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<O>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(self.fetch(on, at))
    }

    /// Like [`all`](Self::all), but the session tracks the rows: returns a [`Handle`](crate::unit::Handle) for each row.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let users = User::query().order_by(|u| u.id.asc()).track(&mut s).await?;
    /// let posts = User::load(users.iter().map(|&user| &s[user]), |u| u.posts()).track(&mut s).await?;
    /// for &post in &posts[0] {
    ///     s[post].published = true;
    /// }
    /// s.commit().await?;
    /// assert_eq!(Post::query().filter(|p| p.published.is_true()).count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The same as those of [`all`](Self::all).
    #[track_caller]
    pub fn track<H: Send + 'static>(self, tx: &mut Transaction) -> Pending<'_, Vec<H>>
    where
        O: Entities<H>,
    {
        let at = Location::caller();
        Pending::new(async move {
            let rows = self.fetch(Executor::on(&mut *tx), at).await?;
            track_rows(rows, tx, false, at).await
        })
    }

    async fn fetch(self, on: On<'_>, at: &'static Location<'static>) -> Result<Vec<O>> {
        let gather = self.gather?;
        if self.rows == 0 {
            return Ok(Vec::new());
        }
        let mut lease = on.lease(self.bind, at).await?.watched();
        Ok(gather.finish(&mut Loader { lease: &mut lease, at }).await?.into_vec())
    }
}

/// Returns the columns that a plan selects, if all of them are columns of the row itself.
fn own_columns<O>(plan: &dyn Plan<O>) -> Option<Vec<u16>> {
    let (source, mut items) = (Source::nowhere(), Vec::new());
    plan.items(source, &mut items);
    let own = |item: &Item| match item {
        Item::Node(Node::Column(column)) if column.source() == source => Some(column.index),
        _ => None,
    };
    items.iter().map(own).collect()
}

/// Passes the columns of a row to a plan as if they had been selected.
fn read_row<T: Model, O>(row: &T, columns: &[u16], gather: &mut dyn Gather<O>) -> Result<()> {
    let mut cells: Vec<Cell<'static>> =
        columns.iter().map(|&column| row.column_value(column).into_cell()).collect();
    let read = gather.read(&mut Cells::new(&mut cells));
    read.map_err(|fault| {
        let column = columns.get(fault.index).copied().unwrap_or_default();
        column_of(T::table(), usize::from(column)).error(&fault)
    })
}

/// A plan that selects the rows again, by their primary key.
fn reread<T: Model, O: Send + 'static>(plan: Arc<dyn Plan<O>>) -> Arc<dyn Plan<O>> {
    only::<T, Required, O>(Ends::same(T::table()), plan)
}

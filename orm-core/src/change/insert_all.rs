//! Inserts of many rows.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use super::IntoRow;
use super::plan::plan;
use super::returning;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Model;
use crate::scoped::Scope;
use crate::session::{Executor, Pending};
use crate::syntax::{Command, Node, Statement};

/// An INSERT of many rows, made with [`Model::insert_all`]. It takes as few statements as the server's limits allow, and
/// inserts all rows or none.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let posts = ["One", "Two", "Three"].map(|title| Post::insert().author_id(2).title(title));
/// assert_eq!(Post::insert_all(posts).execute(db).await?, 3);
/// # Ok(()) }) }
/// ```
#[must_use = "an insert does nothing until `.execute(&db)` runs it"]
pub struct InsertAll<T: Model> {
    pub(super) nodes: Vec<Node>,
    _model: PhantomData<fn() -> T>,
}

impl<T: Model> Clone for InsertAll<T> {
    fn clone(&self) -> Self {
        InsertAll { nodes: self.nodes.clone(), _model: PhantomData }
    }
}

impl<T: Model> fmt::Debug for InsertAll<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.nodes.len() / T::table().columns.len().max(1);
        f.debug_struct("InsertAll").field("model", &T::table().model).field("rows", &rows).finish()
    }
}

impl<T: Model> InsertAll<T> {
    pub(crate) fn new<R: IntoRow<T>>(rows: impl IntoIterator<Item = R>) -> Self {
        let rows = rows.into_iter();
        let mut nodes = Vec::with_capacity(rows.size_hint().0 * T::table().columns.len());
        for row in rows {
            row.push(&mut nodes);
        }
        InsertAll::from_nodes(nodes)
    }

    pub(super) fn from_nodes(nodes: Vec<Node>) -> Self {
        InsertAll { nodes, _model: PhantomData }
    }

    /// Inserts the rows and returns how many were inserted. An empty list sends no statement.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let names = ["Cid", "Dee"];
    /// let users = names.map(|name| User::insert().email(format!("{name}@example.org")).name(name));
    /// assert_eq!(User::insert_all(users).execute(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64> {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            let mut lease = on.lease(T::table().bind, at).await?;
            let statements = plan(T::table(), self.nodes, lease.dialect(), lease.scopes());
            let own = lease.begin_if_many(statements.len()).await?;
            let mut rows = 0;
            for insert in statements {
                rows += lease.run(Command::Insert(Box::new(insert)), &mut (), at).await?.affected;
            }
            lease.commit_if(own).await?;
            Ok(rows)
        })
    }

    /// Inserts the rows and returns them as stored, in their order. Only what the client cannot know is read back: values
    /// that the server generates, and those that it may truncate. What triggers change in other columns is not seen.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = ["One", "Two"].map(|title| Post::insert().author_id(2).title(title));
    /// let stored: Vec<Post> = Post::insert_all(posts).returning(db).await?;
    /// assert_eq!((stored[0].id, stored[1].title.as_str()), (3, "Two"));
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn returning<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<T>> {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            let mut lease = on.lease(T::table().bind, at).await?;
            let width = T::table().columns.len();
            let mut rows = Vec::with_capacity(self.nodes.len() / width.max(1));
            let statements = plan(T::table(), self.nodes, lease.dialect(), lease.scopes());
            let own = lease.begin_if_many(statements.len()).await?;
            for insert in statements {
                returning::insert::<T>(&mut lease, insert, &mut rows, at).await?;
            }
            lease.commit_if(own).await?;
            Ok(rows)
        })
    }

    #[track_caller]
    pub(super) fn returning_one<'a>(self, on: impl Executor<'a>) -> Pending<'a, T> {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            let mut lease = on.lease(T::table().bind, at).await?;
            let mut rows = Vec::with_capacity(1);
            for insert in plan(T::table(), self.nodes, lease.dialect(), lease.scopes()) {
                returning::insert::<T>(&mut lease, insert, &mut rows, at).await?;
            }
            rows.pop().ok_or_else(|| returning::nothing_back(T::table()))
        })
    }

    /// Renders the first statement for a dialect, without a database; there are more only if the rows exceed the server's
    /// limits, or leave different columns to it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = ["One", "Two"].map(|title| Post::insert().author_id(2).title(title));
    /// let statement = Post::insert_all(posts).to_sql(db.dialect())?;
    /// assert_eq!(statement.sql.matches("(?, ").count(), 2);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If there are no rows, or a value does not fit its column.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        crate::render::render(self.clone().into_command(dialect, &[])?, dialect)
    }

    /// Returns the first statement.
    pub(crate) fn into_command(self, dialect: &Dialect, scopes: &[Arc<Scope>]) -> Result<Command> {
        match plan(T::table(), self.nodes, dialect, scopes).into_iter().next() {
            Some(insert) => Ok(Command::Insert(Box::new(insert))),
            None => Err(Error::new(
                ErrorKind::InvalidQuery,
                "there are no rows to insert, so there is no statement",
            )),
        }
    }
}

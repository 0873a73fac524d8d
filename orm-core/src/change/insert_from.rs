//! Inserts from a query (INSERT … SELECT).

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use super::IntoRow;
use super::plan::given;
use super::returning;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::model::Model;
use crate::query::Query;
use crate::scope::Scope;
use crate::scoped::fill_computed;
use crate::session::{Executor, Pending};
use crate::syntax::{Command, Insert, Item, NewRows, Node, Statement};

/// An INSERT … SELECT, made with [`Model::insert_from`]: the server computes the rows.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let drafts = Post::query().filter(|p| p.published.is_false());
/// let copies = Post::insert_from(drafts, |p| Post::insert().author_id(2).title(p.title.concat(" again")));
/// assert_eq!(copies.execute(db).await?, 1);
/// assert_eq!(Post::find(3).one(db).await?.title, "Draft again");
/// # Ok(()) }) }
/// ```
#[must_use = "an insert does nothing until `.execute(&db)` runs it"]
pub struct InsertFrom<T: Model> {
    pub(super) insert: Insert,
    _model: PhantomData<fn() -> T>,
}

impl<T: Model> Clone for InsertFrom<T> {
    fn clone(&self) -> Self {
        InsertFrom { insert: self.insert.clone(), _model: PhantomData }
    }
}

impl<T: Model> fmt::Debug for InsertFrom<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InsertFrom").field(&self.insert).finish()
    }
}

impl<T: Model> InsertFrom<T> {
    pub(crate) fn new<S: Scope, O, R: IntoRow<T>>(
        query: Query<S, O>,
        row: impl FnOnce(S::Columns) -> R,
    ) -> Self {
        let mut columns = Vec::new();
        let select = query.project(|scope| {
            let mut nodes = Vec::with_capacity(T::table().columns.len());
            row(scope).push(&mut nodes);
            columns.extend(given(&nodes));
            nodes.into_iter().filter(|node| !matches!(node, Node::Default)).map(Item::Node).collect()
        });
        let rows = NewRows::Select(select);
        let insert = Insert { table: T::table(), columns, rows, returning: Vec::new(), conflict: None };
        InsertFrom { insert, _model: PhantomData }
    }

    /// Inserts the rows and returns how many were inserted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let silent = User::query().filter(|u| u.posts().none(|p| p.published.is_true()));
    /// let welcome = Post::insert_from(silent, |u| Post::insert().author_id(u.id).title("Hello, world"));
    /// assert_eq!(welcome.execute(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64> {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            let mut lease = on.lease(T::table().bind, at).await?;
            let command = self.into_command(lease.scopes());
            Ok(lease.run(command, &mut (), at).await?.affected)
        })
    }

    /// Inserts the rows and returns them as stored, in no particular order. Where RETURNING is not supported, the result of
    /// the query is read, inserted and read back in one transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let greetings = Post::insert_from(User::query(), |u| Post::insert().author_id(u.id).title(u.name.concat(" is here")));
    /// let stored: Vec<Post> = greetings.returning(db).await?;
    /// assert_eq!((stored[0].id, stored[0].title.as_str()), (3, "Ann is here"));
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn returning<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<T>> {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            let mut insert = self.insert;
            let mut lease = on.lease(T::table().bind, at).await?;
            fill_computed(lease.scopes(), &mut insert);
            returning::insert_from(&mut lease, insert, at).await
        })
    }

    /// Returns the statement with the scopes of a database applied.
    pub(crate) fn into_command(self, scopes: &[Arc<crate::scoped::Scope>]) -> Command {
        let mut insert = self.insert;
        fill_computed(scopes, &mut insert);
        Command::Insert(Box::new(insert))
    }

    /// Renders the statement for a dialect, without a database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let insert = Post::insert_from(User::query(), |u| Post::insert().author_id(u.id).title(u.name));
    /// let sql = insert.to_sql(&orm::dialect::SQLITE)?.sql;
    /// assert!(sql.starts_with(r#"INSERT INTO "posts" ("author_id", "title", "body", "published") SELECT "users"."id""#));
    /// # let _ = db; Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If the database lacks a feature that the query needs, or a value does not fit its column.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        crate::render::render(Command::Insert(Box::new(self.insert.clone())), dialect)
    }
}

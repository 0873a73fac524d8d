//! DELETE statements.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;

use super::returning;
use super::stale::{Expected, the_row};
use super::target::{Bounded, ByKey, Filtered, Unfiltered, clauses};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::expression::{Condition, IntoCondition, KeyValue, Orders};
use crate::mode::{Nullable, Required};
use crate::model::{Model, Versioned};
use crate::query::{Derived, RowSource, Shape};
use crate::relation::Relation;
use crate::render::{render, sketch};
use crate::scope::{Maybe, Push, Scope};
use crate::session::{self, Executor, Pending};
use crate::syntax::{self, Command, FromItem, JoinKind, On, Origin, Statement, Target};

/// A DELETE of rows of `T`, made with [`Model::delete`] or [`Model::delete_by`]. `S` is its scope: the model, or a
/// tuple once it has joins.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let deleted = Post::delete().filter(|p| p.published.is_false()).execute(db).await?;
/// assert_eq!(deleted, 1);
/// # Ok(()) }) }
/// ```
#[must_use = "a delete does nothing until `.execute(&db)` runs it"]
pub struct Delete<T: Model, F = Unfiltered, S: Scope = T> {
    pub(crate) delete: syntax::Delete,
    expected: Option<Box<Expected>>,
    _state: PhantomData<fn() -> (T, F, S)>,
}

impl<T: Model, F, S: Scope> Clone for Delete<T, F, S> {
    fn clone(&self) -> Self {
        Delete { delete: self.delete.clone(), expected: self.expected.clone(), _state: PhantomData }
    }
}

impl<T: Model, F, S: Scope> fmt::Debug for Delete<T, F, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sketch(f, "Delete", Command::Delete(Box::new(self.delete.clone())))
    }
}

impl<T: Model> Delete<T> {
    pub(crate) fn new() -> Self {
        Delete { delete: syntax::Delete::new(T::table()), expected: None, _state: PhantomData }
    }
}

impl<T: Model> Delete<T, ByKey> {
    pub(crate) fn by_key(key: impl KeyValue<T::Key>) -> Self {
        let mut delete = Delete::new().turn();
        delete.delete.target.restrict(key);
        delete
    }
}

clauses!(Delete []);

impl<T: Model, S: Scope> Delete<T, ByKey, S> {
    /// Deletes the row only if it still has this version (optimistic locking). If it has another one, or does not exist,
    /// running the delete is an error of kind `Stale`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// #[derive(Model)]
    /// struct Page {
    ///     #[orm(primary_key, auto)]
    ///     id: u64,
    ///     text: String,
    ///     #[orm(version)]
    ///     version: u32,
    /// }
    /// # db.create_tables::<Page>().await?;
    /// let page = Page::insert().text("One").returning(db).await?;
    /// Page::update_by(page.id).set(|p| p.text.to("Two")).execute(db).await?;
    /// assert!(Page::delete_by(page.id).version(page.version).execute(db).await.unwrap_err().is_stale());
    /// # Ok(()) }) }
    /// ```
    pub fn version(mut self, version: T::Version) -> Self
    where
        T: Versioned,
    {
        self.expected = Some(Expected::version::<T>(&mut self.delete.target, version));
        self
    }

    /// Runs the delete and returns the row as it was, as [`returning`](Self::returning) does for several.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let draft: Post = Post::delete_by(2).returning_one(db).await?;
    /// assert_eq!(draft.title, "Draft");
    /// assert!(Post::delete_by(2).returning_one(db).await.unwrap_err().is_not_found());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotFound` if there is no such row; after [`version`](Self::version), `Stale`.
    #[track_caller]
    pub fn returning_one<'a>(self, on: impl Executor<'a>) -> Pending<'a, T> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move { the_row(returned(self.delete, self.expected, on, at).await?) })
    }
}

async fn returned<T: Model>(
    delete: syntax::Delete,
    expected: Option<Box<Expected>>,
    on: session::On<'_>,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let mut lease = on.lease(T::table().bind, at).await?;
    let rows = returning::delete::<T>(&mut lease, delete, at).await?;
    Expected::check(expected, T::table(), rows.len() as u64, &mut lease)?;
    Ok(rows)
}

impl<T: Model, F, S: Scope> Delete<T, F, S> {
    /// Which rows it sees: deleted, scoped.
    pub(crate) fn sight(&mut self) -> &mut syntax::Sight {
        &mut self.target_mut().sight
    }

    fn target(&self) -> &Target {
        &self.delete.target
    }

    fn target_mut(&mut self) -> &mut Target {
        &mut self.delete.target
    }

    fn turn<F2, S2: Scope>(self) -> Delete<T, F2, S2> {
        Delete { delete: self.delete, expected: self.expected, _state: PhantomData }
    }

    /// Runs the delete and returns how many rows of `T` were deleted, not counting those deleted by cascading foreign keys.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(User::delete().filter(|u| u.id.eq(1)).execute(db).await?, 1);
    /// assert_eq!(Post::query().count(db).await?, 0); // the foreign key says `on_delete = cascade`
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64>
    where
        F: Bounded,
    {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            let mut lease = on.lease(T::table().bind, at).await?;
            let rows = lease.run(Command::Delete(Box::new(self.delete)), &mut (), at).await?.affected;
            Expected::check(self.expected, T::table(), rows, &mut lease)?;
            Ok(rows)
        })
    }

    /// Runs the delete and returns the rows as they were, or, if they are soft-deleted, as stored afterwards, in no particular
    /// order. Where RETURNING is not supported, the rows are locked, read and deleted in one transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let deleted: Vec<Post> = Post::delete().filter(|p| p.published.is_false()).returning(db).await?;
    /// assert_eq!(deleted[0].title, "Draft");
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn returning<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<T>>
    where
        F: Bounded,
    {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(returned(self.delete, self.expected, on, at))
    }

    /// Renders the statement for a dialect, without a database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let statement = Post::delete().filter(|p| p.id.eq(2)).to_sql(&orm::dialect::SQLITE)?;
    /// assert_eq!(statement.sql, r#"DELETE FROM "posts" WHERE "id" = ?"#);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If the database lacks a feature that the delete needs.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        render(Command::Delete(Box::new(self.delete.clone())), dialect)
    }
}

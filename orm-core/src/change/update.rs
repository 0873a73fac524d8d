//! UPDATE statements.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;

use super::stale::{Expected, the_row};
use super::target::{Bounded, ByKey, Filtered, Unfiltered, clauses};
use super::{Patch, returning};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::expression::{Assignment, Assignments, Condition, IntoCondition, KeyValue, Orders};
use crate::mode::{Nullable, Required};
use crate::model::{Model, Versioned};
use crate::query::{Derived, RowSource, Shape};
use crate::relation::Relation;
use crate::render::{render, sketch};
use crate::scope::{Maybe, Push, Scope};
use crate::session::{self, Executor, Pending};
use crate::syntax::{self, Command, FromItem, JoinKind, On, Origin, Refused, Statement, Target};

/// Type state of an update: nothing is set.
#[derive(Debug, Clone, Copy)]
pub struct Unassigned;

/// Type state of an update: something is set.
#[derive(Debug, Clone, Copy)]
pub struct Assigned;

/// Holds for updates that set something.
#[diagnostic::on_unimplemented(
    message = "this update sets nothing",
    label = "no `.set(..)` before it runs",
    note = "add `.set(|row| row.column.to(value))`"
)]
pub trait HasSet {}
#[diagnostic::do_not_recommend]
impl HasSet for Assigned {}

/// An UPDATE of `T`, made with [`Model::update`] or [`Model::update_by`]. `S` is its scope: the model, or a tuple once
/// it has joins.
///
/// On every database, the new values are computed from the row as it was before the update.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let birthday = User::update().set(|u| u.age.to(u.age + 1)).filter(|u| u.name.eq("Ann"));
/// assert_eq!(birthday.execute(db).await?, 1);
/// assert_eq!(User::find(1).one(db).await?.age, Some(42));
/// # Ok(()) }) }
/// ```
#[must_use = "an update does nothing until `.execute(&db)` runs it"]
pub struct Update<T: Model, A = Unassigned, F = Unfiltered, S: Scope = T> {
    pub(crate) update: syntax::Update,
    expected: Option<Box<Expected>>,
    _state: PhantomData<fn() -> (T, A, F, S)>,
}

impl<T: Model, A, F, S: Scope> Clone for Update<T, A, F, S> {
    fn clone(&self) -> Self {
        Update { update: self.update.clone(), expected: self.expected.clone(), _state: PhantomData }
    }
}

impl<T: Model, A, F, S: Scope> fmt::Debug for Update<T, A, F, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sketch(f, "Update", Command::Update(Box::new(self.update.clone())))
    }
}

impl<T: Model> Update<T> {
    pub(crate) fn new() -> Self {
        Update { update: syntax::Update::new(T::table()), expected: None, _state: PhantomData }
    }
}

impl<T: Model> Update<T, Unassigned, ByKey> {
    pub(crate) fn by_key(key: impl KeyValue<T::Key>) -> Self {
        let mut update = Update::new().turn();
        update.update.target.restrict(key);
        update
    }
}

clauses!(Update[A]);

impl<T: Model, A, S: Scope> Update<T, A, ByKey, S> {
    /// Updates the row only if it still has this version (optimistic locking). If it has another one, or does not exist,
    /// running the update is an error of kind `Stale`.
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
    /// let edit = |text| Page::update_by(page.id).version(page.version).set(move |p| p.text.to(text));
    /// edit("Two").execute(db).await?;
    /// assert!(edit("Three").execute(db).await.unwrap_err().is_stale());
    /// # Ok(()) }) }
    /// ```
    pub fn version(mut self, version: T::Version) -> Self
    where
        T: Versioned,
    {
        self.expected = Some(Expected::version::<T>(&mut self.update.target, version));
        self
    }

    /// Runs the update and returns the row as stored afterwards, as [`returning`](Self::returning) does for several.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let anna: User = User::update_by(1).set(|u| u.name.to("Anna")).returning_one(db).await?;
    /// assert_eq!((anna.name.as_str(), anna.age), ("Anna", Some(41)));
    /// let missing = User::update_by(99).set(|u| u.name.to("Nobody")).returning_one(db).await;
    /// assert!(missing.unwrap_err().is_not_found());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotFound` if there is no such row; after [`version`](Self::version), `Stale`.
    #[track_caller]
    pub fn returning_one<'a>(self, on: impl Executor<'a>) -> Pending<'a, T>
    where
        A: HasSet,
    {
        let (on, at) = (on.on(), Location::caller());
        let Update { update, expected, .. } = self;
        Pending::new(async move { the_row(returned(update, expected, on, at).await?) })
    }
}

impl<T: Model, A, F, S: Scope> Update<T, A, F, S> {
    /// Which rows it sees: deleted, scoped.
    pub(crate) fn sight(&mut self) -> &mut syntax::Sight {
        &mut self.target_mut().sight
    }

    fn target(&self) -> &Target {
        &self.update.target
    }

    fn target_mut(&mut self) -> &mut Target {
        &mut self.update.target
    }

    fn turn<A2, F2, S2: Scope>(self) -> Update<T, A2, F2, S2> {
        Update { update: self.update, expected: self.expected, _state: PhantomData }
    }

    /// Sets columns: one assignment or a tuple of them. If a later `.set(..)` sets a column again, the last value counts; if
    /// one `.set(..)` sets it twice, that is an error, before anything is sent.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let update = Post::update().set(|p| (p.published.to(true), p.body.to("Soon more."))).filter(|p| p.id.eq(2));
    /// update.execute(db).await?;
    /// assert_eq!(Post::find(2).one(db).await?.body.as_deref(), Some("Soon more."));
    /// # Ok(()) }) }
    /// ```
    pub fn set<B: Assignments>(
        mut self,
        assignments: impl FnOnce(S::Settable) -> B,
    ) -> Update<T, Assigned, F, S> {
        let mut list = Vec::with_capacity(2);
        assignments(S::settable(self.update.target.base)).push_assignments(&mut list);
        assign_all(&mut self.update, list);
        self.turn()
    }

    /// Sets the fields that a [`Patch`] has, such as those that a client sent. An empty patch changes nothing, but still
    /// looks for the rows: the result is the same as if it had set columns to the values that they have.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// #[derive(Patch, Default)]
    /// #[orm(model = User)]
    /// struct UserPatch {
    ///     name: Option<String>,
    ///     age: Option<Option<i32>>, // `Some(None)` sets NULL
    /// }
    /// let patch = UserPatch { age: Some(None), ..UserPatch::default() };
    /// assert_eq!(User::update_by(1).apply(patch).execute(db).await?, 1);
    /// let ann = User::find(1).one(db).await?;
    /// assert_eq!((ann.name.as_str(), ann.age), ("Ann", None));
    /// assert_eq!(User::update_by(1).apply(UserPatch::default()).execute(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn apply(mut self, patch: impl Patch<T>) -> Update<T, Assigned, F, S> {
        let mut list = Vec::new();
        patch.push(T::fields(self.update.target.source()), &mut list);
        assign_all(&mut self.update, list);
        self.turn()
    }

    /// Runs the update and returns how many rows matched, whether or not they already had these values: the same on every
    /// database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let publish = Post::update().set(|p| p.published.to(true)).filter(|p| p.author_id.eq(1));
    /// assert_eq!(publish.execute(db).await?, 2); // one of them was already published
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64>
    where
        A: HasSet,
        F: Bounded,
    {
        let at = Location::caller();
        let on = on.on();
        let Update { update, expected, .. } = self;
        Pending::new(async move {
            let mut lease = on.lease(T::table().bind, at).await?;
            let rows = if update.is_empty() {
                returning::count(&mut lease, update.target, at).await?
            } else {
                lease.run(Command::Update(Box::new(update)), &mut (), at).await?.affected
            };
            Expected::check(expected, T::table(), rows, &mut lease)?;
            Ok(rows)
        })
    }

    /// Runs the update and returns the rows as stored afterwards, in no particular order. Where RETURNING is not
    /// supported, the rows are locked, changed and read back in one transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let publish = Post::update().set(|p| p.published.to(true)).filter(|p| p.published.is_false());
    /// let published: Vec<Post> = publish.returning(db).await?;
    /// assert_eq!((published[0].title.as_str(), published[0].published), ("Draft", true));
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn returning<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<T>>
    where
        A: HasSet,
        F: Bounded,
    {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(returned(self.update, self.expected, on, at))
    }

    /// Renders the statement for a dialect, without a database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let update = Post::update().set(|p| p.published.to(true)).filter(|p| p.id.eq(2));
    /// let statement = update.to_sql(&orm::dialect::SQLITE)?;
    /// assert_eq!(statement.sql, r#"UPDATE "posts" SET "published" = ? WHERE "id" = ?"#);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If nothing is set, the database lacks a feature that the update needs, or a value does not fit its column.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        render(Command::Update(Box::new(self.update.clone())), dialect)
    }
}

async fn returned<T: Model>(
    update: syntax::Update,
    expected: Option<Box<Expected>>,
    on: session::On<'_>,
    at: &'static Location<'static>,
) -> Result<Vec<T>> {
    let mut lease = on.lease(T::table().bind, at).await?;
    let rows = returning::update::<T>(&mut lease, update, at).await?;
    Expected::check(expected, T::table(), rows.len() as u64, &mut lease)?;
    Ok(rows)
}

/// Sets the columns that one closure names, where one that is there twice is a mistake.
pub(super) fn assign_all(update: &mut syntax::Update, assignments: Vec<Assignment>) {
    for (position, assignment) in assignments.iter().enumerate() {
        if assignments[..position].iter().any(|before| before.column == assignment.column) {
            update.refused = Some(Refused::Twice(assignment.column.index));
        }
    }
    for Assignment { column, value } in assignments {
        update.assign(column, value);
    }
}

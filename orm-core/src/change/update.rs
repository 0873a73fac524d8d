//! Updates.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;

use crate::dialect::Dialect;
use crate::error::Result;
use crate::expression::{Assignments, Condition};
use crate::mode::Required;
use crate::model::Model;
use crate::render::{render, sketch};
use crate::session::{Executor, Pending};
use crate::syntax::{self, Command, Source, Statement};

/// In the type of an update or delete: nothing says which rows are meant.
#[derive(Debug, Clone, Copy)]
pub struct Unfiltered;

/// In the type of an update or delete: it is said which rows are meant.
#[derive(Debug, Clone, Copy)]
pub struct Filtered;

/// In the type of an update: nothing is set.
#[derive(Debug, Clone, Copy)]
pub struct Unassigned;

/// In the type of an update: something is set.
#[derive(Debug, Clone, Copy)]
pub struct Assigned;

/// The state of an update or delete of which it is said which rows are meant.
#[diagnostic::on_unimplemented(
    message = "this changes every row of the table",
    label = "no `.filter(..)` before it runs",
    note = "add `.filter(|row| ..)`, or `.all_rows()` if every row is meant"
)]
pub trait Bounded {}
#[diagnostic::do_not_recommend]
impl Bounded for Filtered {}

/// The state of an update that sets something.
#[diagnostic::on_unimplemented(
    message = "this update sets nothing",
    label = "no `.set(..)` before it runs",
    note = "add `.set(|row| row.column.to(value))`"
)]
pub trait HasSet {}
#[diagnostic::do_not_recommend]
impl HasSet for Assigned {}

/// An update, started with [`Model::update`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let birthday = User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.name.eq("Ann"));
/// assert_eq!(birthday.execute(db).await?, 1);
/// assert_eq!(User::find(1).one(db).await?.age, Some(42));
/// # Ok(()) }) }
/// ```
#[must_use = "an update does nothing until `.execute(&db)` runs it"]
pub struct Update<T: Model, A = Unassigned, F = Unfiltered> {
    pub(crate) update: syntax::Update,
    _state: PhantomData<fn() -> (T, A, F)>,
}

impl<T: Model, A, F> Clone for Update<T, A, F> {
    fn clone(&self) -> Self {
        Update { update: self.update.clone(), _state: PhantomData }
    }
}

impl<T: Model, A, F> fmt::Debug for Update<T, A, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sketch(f, "Update", Command::Update(self.update.clone()))
    }
}

impl<T: Model> Update<T> {
    pub(crate) fn new() -> Self {
        Update { update: syntax::Update::new(T::table()), _state: PhantomData }
    }
}

impl<T: Model, A, F> Update<T, A, F> {
    /// Which rows it sees.
    pub(crate) fn sight(&mut self) -> &mut syntax::Sight {
        &mut self.update.sight
    }

    fn fields(&self) -> T::Fields<Required> {
        T::fields(Source::table(self.update.base))
    }

    fn state<A2, F2>(self) -> Update<T, A2, F2> {
        Update { update: self.update, _state: PhantomData }
    }

    /// Sets columns: one assignment or a tuple of them. A column that is set twice keeps the last value.
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
        assignments: impl FnOnce(T::Fields<Required>) -> B,
    ) -> Update<T, Assigned, F> {
        let mut list = Vec::with_capacity(2);
        assignments(self.fields()).push(&mut list);
        for assignment in list {
            self.update.assign(assignment.column, assignment.value);
        }
        self.state()
    }

    /// Changes the rows that meet a condition. A second filter is a further condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let publish = Post::update().set(|p| p.published.to(true));
    /// let drafts = publish.filter(|p| p.author_id.eq(1)).filter(|p| p.published.is_false());
    /// assert_eq!(drafts.execute(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn filter(
        mut self,
        condition: impl FnOnce(T::Fields<Required>) -> Condition,
    ) -> Update<T, A, Filtered> {
        let condition = condition(self.fields());
        condition.0.push_onto(&mut self.update.filter);
        self.state()
    }

    /// Changes every row: says that this is meant.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let changed = Post::update().set(|p| p.published.to(false)).all_rows().execute(db).await?;
    /// assert_eq!(changed, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn all_rows(self) -> Update<T, A, Filtered> {
        self.state()
    }

    /// Runs the update; gives how many rows matched, whether or not they had these values already.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let publish = Post::update().set(|p| p.published.to(true)).filter(|p| p.author_id.eq(1));
    /// assert_eq!(publish.execute(db).await?, 2); // one of them was published already
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
        Pending::new(async move {
            Ok(on
                .lease(self.update.table.bind, at)
                .await?
                .run(Command::Update(self.update), &mut (), at)
                .await?
                .affected)
        })
    }

    /// The statement for a database, without one.
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
    /// If the database lacks something that the update needs, or a value does not fit its column.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        render(Command::Update(self.update.clone()), dialect)
    }
}

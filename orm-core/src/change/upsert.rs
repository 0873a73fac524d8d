//! Upserts: inserts that update existing rows.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use super::conflict_key::{check_others, check_target};
use super::plan::plan;
use super::returning;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::expression::IntoCondition;
use crate::mode::Required;
use crate::model::Model;
use crate::scoped::{Scope, fill_computed};
use crate::session::{Executor, Pending};
use crate::syntax::{Command, Conflict, Insert, Node, Statement};

/// The source of an upsert's rows.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// One node per column, row by row.
    Values(Vec<Node>),
    /// A query.
    Query(Box<Insert>),
}

/// Type state of an upsert: existing rows are left unchanged.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{Ignored, Upsert};
///
/// /// An upsert, as the return type of a function.
/// fn known(email: &str) -> Upsert<User, Ignored> {
///     User::insert_all([User::insert().email(email).name("Somebody")]).on_conflict(|u| u.email).ignore()
/// }
/// known("ann@example.org").execute(db).await?; // Ann exists already
/// assert_eq!(User::query().count(db).await?, 2);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Ignored;

/// Holds for upserts that update existing rows.
#[diagnostic::on_unimplemented(
    message = "`.ignore()` leaves existing rows unchanged, so it takes no filter",
    label = "no update that this could restrict",
    note = "to update existing rows, write `.update(|row, new| ..)` instead of `.ignore()`"
)]
pub trait Updating {}
#[diagnostic::do_not_recommend]
impl Updating for u64 {}
#[diagnostic::do_not_recommend]
impl Updating for () {}

/// An upsert: rows to insert, and what to do with those that exist. `C` is what running it returns: the number of rows,
/// if that is known and the same on every database.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let ann = User::insert().email("ann@example.org").name("Anna");
/// let upsert = User::insert_all([ann]).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name));
/// let stored: Vec<User> = upsert.returning(db).await?;
/// assert_eq!((stored[0].id, stored[0].name.as_str()), (1, "Anna"));
/// # Ok(()) }) }
/// ```
#[must_use = "an upsert does nothing until `.execute(&db)` runs it"]
pub struct Upsert<T: Model, C> {
    rows: Source,
    conflict: Conflict,
    _type: PhantomData<fn() -> (T, C)>,
}

impl<T: Model, C> Clone for Upsert<T, C> {
    fn clone(&self) -> Self {
        Upsert::new(self.rows.clone(), self.conflict.clone())
    }
}

impl<T: Model, C> fmt::Debug for Upsert<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upsert").field("model", &T::table().model).finish_non_exhaustive()
    }
}

impl<T: Model> Upsert<T, u64> {
    /// Inserts or updates the rows and returns how many: as many as were passed, on every database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let rows = ["ann@example.org", "cid@example.org"].map(|email| User::insert().email(email).name("X"));
    /// let upsert = User::insert_all(rows).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name));
    /// assert_eq!(upsert.execute(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64> {
        self.run(on)
    }
}

impl<T: Model> Upsert<T, ()> {
    /// Inserts the rows that do not exist, and updates the others.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let cid = User::insert().email("cid@example.org").name("Cid");
    /// let upsert = User::insert_all([cid]).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name));
    /// upsert.filter(|u, _| u.age.is_null()).execute(db).await?;
    /// assert_eq!(User::query().count(db).await?, 3);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, ()> {
        let done = self.run(on);
        Pending::new(async move { done.await.map(drop) })
    }
}

impl<T: Model> Upsert<T, Ignored> {
    /// Inserts the rows that do not exist.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let cid = User::insert().email("cid@example.org").name("Cid");
    /// User::insert_all([cid]).on_conflict(|u| u.email).ignore().execute(db).await?;
    /// assert_eq!(User::query().count(db).await?, 3);
    /// # Ok(()) }) }
    /// ```
    #[track_caller]
    pub fn execute<'a>(self, on: impl Executor<'a>) -> Pending<'a, ()> {
        let done = self.run(on);
        Pending::new(async move { done.await.map(drop) })
    }
}

impl<T: Model, C> Upsert<T, C> {
    pub(super) fn new(rows: Source, conflict: Conflict) -> Self {
        Upsert { rows, conflict, _type: PhantomData }
    }

    /// Updates an existing row only if it meets a condition; otherwise it is left unchanged. The closure gets its columns
    /// and those of the row that could not be inserted. The upsert then returns no row count, since MySQL does not report
    /// one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann = User::insert().email("ann@example.org").name("Anna").age(12);
    /// let newer = User::insert_all([ann]).on_conflict(|u| u.email).update(|u, new| (u.name.to(new.name), u.age.to(new.age)));
    /// newer.filter(|u, new| new.age.gt(u.age)).execute(db).await?;
    /// assert_eq!(User::find(1).one(db).await?.age, Some(41)); // was already older
    /// # Ok(()) }) }
    /// ```
    pub fn filter<W: IntoCondition>(
        mut self,
        condition: impl FnOnce(T::Fields<Required>, T::Fields<Required>) -> W,
    ) -> Upsert<T, ()>
    where
        C: Updating,
    {
        if let Some(update) = &mut self.conflict.update {
            let old = T::fields(update.target.source());
            let condition = condition(old, T::fields(crate::syntax::Source::excluded())).into_condition();
            condition.0.push_onto(&mut update.target.filter);
        }
        Upsert::new(self.rows, self.conflict)
    }

    /// Inserts or updates the rows and returns all of them as stored, in their order, including those left unchanged.
    /// On MySQL, and on SQLite if rows may be left unchanged, a query's rows are read first, and all rows are read back by
    /// their keys, in one transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann = User::insert().email("ann@example.org").name("Another Ann");
    /// // Find or insert.
    /// let stored = User::insert_all([ann]).on_conflict(|u| u.email).ignore().returning(db).await?;
    /// assert_eq!((stored[0].id, stored[0].name.as_str()), (1, "Ann"));
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If the rows have to be read back, and one does not contain its key, or the update changes it. Kind `OutsideScope` if
    /// a row that is left unchanged is outside of the scope of the database.
    #[track_caller]
    pub fn returning<'a>(self, on: impl Executor<'a>) -> Pending<'a, Vec<T>> {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            let mut lease = on.lease(T::table().bind, at).await?;
            let statements = statements::<T>(self.rows, &self.conflict, lease.dialect(), lease.scopes())?;
            returning::upserted(&mut lease, statements, at).await
        })
    }

    #[track_caller]
    fn run<'a>(self, on: impl Executor<'a>) -> Pending<'a, u64> {
        let at = Location::caller();
        let on = on.on();
        Pending::new(async move {
            let mut lease = on.lease(T::table().bind, at).await?;
            let rows = match &self.rows {
                Source::Values(nodes) => nodes.len() / T::table().columns.len().max(1),
                Source::Query(_) => 0,
            };
            let statements = statements::<T>(self.rows, &self.conflict, lease.dialect(), lease.scopes())?;
            let own = lease.begin_if_many(statements.len()).await?;
            for insert in statements {
                lease.run(Command::Insert(Box::new(insert)), &mut (), at).await?;
            }
            lease.commit_if(own).await?;
            Ok(rows as u64)
        })
    }

    /// Renders the statement for a dialect, without a database; only the first one, if the rows need several.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann = User::insert().email("ann@example.org").name("Anna");
    /// let upsert = User::insert_all([ann]).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name));
    /// let sql = upsert.to_sql(&orm::dialect::SQLITE)?.sql;
    /// assert!(sql.ends_with(r#"ON CONFLICT ("email") DO UPDATE SET "name" = excluded."name""#));
    /// # let _ = db; Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If there are no rows, the conflict key is not a unique key, or the database lacks a feature that the upsert needs.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        crate::render::render(self.clone().into_command(dialect, &[])?, dialect)
    }

    /// Returns the first statement.
    pub(crate) fn into_command(self, dialect: &Dialect, scopes: &[Arc<Scope>]) -> Result<Command> {
        match statements::<T>(self.rows, &self.conflict, dialect, scopes)?.into_iter().next() {
            Some(insert) => Ok(Command::Insert(Box::new(insert))),
            None => Err(Error::new(
                ErrorKind::InvalidQuery,
                "there are no rows to insert, so there is no statement",
            )),
        }
    }
}

fn statements<T: Model>(
    rows: Source,
    conflict: &Conflict,
    dialect: &Dialect,
    scopes: &[Arc<Scope>],
) -> Result<Vec<Insert>> {
    check_target(T::table(), &conflict.target)?;
    let mut statements = match rows {
        Source::Values(nodes) => plan(T::table(), nodes, dialect, scopes),
        Source::Query(mut insert) => {
            fill_computed(scopes, &mut insert);
            vec![*insert]
        }
    };
    for insert in &mut statements {
        check_others(insert, &conflict.target, dialect)?;
        insert.conflict = Some(Box::new(conflict.clone()));
    }
    Ok(statements)
}

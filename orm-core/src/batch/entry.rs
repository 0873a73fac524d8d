//! The statements of a batch.

use std::fmt;
use std::marker::PhantomData;

use crate::driver::{Flow, Sink, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Query, Rows, Typed};
use crate::raw::{Collect, Decode, FromRow, Named, Sql};
use crate::relation::Reader;
use crate::scope::Scope;
use crate::syntax::{Command, Select};
use crate::value::Cell;

/// A statement that can be in a [`batch`](fn@super::batch): a query, or raw SQL.
///
/// | | its result |
/// |---|---|
/// | a query, or a selection | its rows, as a list |
/// | `sql!(..)` | how many rows it changed |
/// | `sql!(..).typed::<T>()` | its rows, as a list |
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let names = User::query().select(|u| u.name);
/// let older = sql!("UPDATE {@User} SET age = age + 1");
/// let ages = sql!("SELECT age FROM {@User} WHERE id = 1").typed::<i32>();
/// let (names, changed, ages) = orm::batch((names, older, ages)).run(db).await?;
/// assert_eq!((names?.len(), changed?, ages?), (2, 2, vec![42]));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a batch",
    label = "expected a query or a `sql!` statement",
    note = "raw SQL that returns rows needs their type: `sql!(\"..\").typed::<User>()`"
)]
pub trait InBatch: Send + 'static {
    /// The type of its result.
    type Output: Send + 'static;

    #[doc(hidden)]
    fn entry(self) -> Entry<Self::Output>;
}

/// Raw SQL with the type of its rows, made by [`Sql::typed`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let posts = sql!("SELECT count(*) FROM {@Post}").typed::<i64>();
/// let (users, posts) = orm::batch((User::query(), posts)).run(db).await?;
/// assert_eq!((users?.len(), posts?), (2, vec![2]));
/// # Ok(()) }) }
/// ```
#[must_use = "a statement does nothing until a batch runs it"]
pub struct TypedSql<T> {
    sql: Sql,
    _row: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for TypedSql<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sql.fmt(f)
    }
}

impl Sql {
    /// Sets the type of the statement's rows, for a [`batch`](fn@super::batch).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest = sql!("SELECT * FROM {@Post} ORDER BY id DESC LIMIT 1").typed::<Post>();
    /// let count = sql!("SELECT count(*) FROM {@User}").typed::<i64>();
    /// let (newest, count) = orm::batch((newest, count)).run(db).await?;
    /// assert_eq!((newest?[0].id, count?), (2, vec![2]));
    /// # Ok(()) }) }
    /// ```
    pub fn typed<T: FromRow>(self) -> TypedSql<T> {
        TypedSql { sql: self, _row: PhantomData }
    }
}

/// One statement of a batch, and its result.
#[doc(hidden)]
pub struct Entry<O> {
    command: Option<Result<Command>>,
    reading: Box<dyn Reading<O>>,
    result: Option<Result<Summary>>,
}

impl<O> fmt::Debug for Entry<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("result", &self.result).finish_non_exhaustive()
    }
}

impl<O> Entry<O> {
    fn new(command: Result<Command>, reading: impl Reading<O> + 'static) -> Self {
        Entry { command: Some(command), reading: Box::new(reading), result: None }
    }

    pub(super) fn finish(self) -> Result<O> {
        match self.result {
            Some(summary) => self.reading.finish(summary?),
            None => Err(not_run()),
        }
    }
}

#[cold]
fn not_run() -> Error {
    Error::new(ErrorKind::NotRun, "the statement was not run, because an earlier one in its batch failed")
}

/// What a batch knows of each of its statements.
pub(super) trait Slot: Send {
    /// Takes the statement; works only once.
    fn command(&mut self) -> Option<Result<Command>>;

    fn sink(&mut self) -> &mut dyn Sink;

    /// Sets the result.
    fn done(&mut self, result: Result<Summary>);
}

impl<O> Slot for Entry<O> {
    fn command(&mut self) -> Option<Result<Command>> {
        self.command.take()
    }

    fn sink(&mut self) -> &mut dyn Sink {
        self.reading.sink()
    }

    fn done(&mut self, result: Result<Summary>) {
        self.result = Some(result);
    }
}

/// Receives the rows, and converts them into the result.
trait Reading<O>: Send {
    fn sink(&mut self) -> &mut dyn Sink;

    fn finish(self: Box<Self>, summary: Summary) -> Result<O>;
}

impl<O: Send, D: Decode<O>> Reading<Vec<O>> for Collect<O, D> {
    fn sink(&mut self) -> &mut dyn Sink {
        self
    }

    fn finish(self: Box<Self>, _: Summary) -> Result<Vec<O>> {
        Collect::finish(*self)
    }
}

/// Counts rows.
struct Changed;

impl Sink for Changed {
    fn row(&mut self, _: &mut [Cell<'_>]) -> Flow {
        Flow::Continue
    }
}

impl Reading<u64> for Changed {
    fn sink(&mut self) -> &mut dyn Sink {
        self
    }

    fn finish(self: Box<Self>, summary: Summary) -> Result<u64> {
        Ok(summary.affected)
    }
}

#[diagnostic::do_not_recommend]
impl InBatch for Sql {
    type Output = u64;

    fn entry(self) -> Entry<u64> {
        Entry::new(self.into_command(), Changed)
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromRow + Send + 'static> InBatch for TypedSql<T> {
    type Output = Vec<T>;

    fn entry(self) -> Entry<Vec<T>> {
        Entry::new(self.sql.into_command(), Collect::new(Named::new(), usize::MAX))
    }
}

#[diagnostic::do_not_recommend]
impl<S: Scope, O: Send + 'static> InBatch for Query<S, O> {
    type Output = Vec<O>;

    fn entry(self) -> Entry<Vec<O>> {
        of_query(self.select, self.reader)
    }
}

#[diagnostic::do_not_recommend]
impl<O: Send + 'static> InBatch for Rows<O> {
    type Output = Vec<O>;

    fn entry(self) -> Entry<Vec<O>> {
        of_query(self.select, self.reader)
    }
}

fn of_query<O: Send + 'static>(select: Box<Select>, reader: Reader<O>) -> Entry<Vec<O>> {
    let (command, typed) = Typed::of(select, reader, has_relations);
    Entry::new(command, Collect::new(typed, usize::MAX))
}

fn has_relations() -> Error {
    let message = "a query with eager loading cannot be part of a batch, because its relations are loaded by \
                   further statements: run the query by itself";
    Error::new(ErrorKind::InvalidQuery, message)
}

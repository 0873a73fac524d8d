//! The query builder.

use std::fmt;
use std::marker::PhantomData;

use crate::dialect::Dialect;
use crate::error::Result;
use crate::relation::{Reader, start};
use crate::render::{render, sketch};
use crate::schema::Table;
use crate::scope::Scope;
use crate::syntax::{Command, Item, Node, Projection, Select, Sight, Source, Statement};

/// A query over the tables of scope `S` that returns rows of type `O`, by default those of the scope.
///
/// It is a value: chain clauses, keep it in a variable, pass it to functions, clone it. A terminal such as `all` runs it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn adults() -> Query<User> {
///     User::query().filter(|u| u.age.ge(18))
/// }
/// let newest = adults().order_by(|u| u.id.desc()).limit(10);
/// assert_eq!(newest.all(db).await?[0].name, "Ann");
/// # Ok(()) }) }
/// ```
#[must_use = "a query does nothing until a terminal such as `.all(&db)` runs it"]
// One line: rustc shows it below `query.take(3)`.
#[rustfmt::skip]
pub struct Query<S: Scope, O = <S as Scope>::Row> { // `.all(&db).await?` gives its rows; before it: `.limit(..)`, `.offset(..)`, `.select(..)`
    // Boxed, so that each clause of a chain moves eight bytes.
    pub(crate) select: Box<Select>,
    pub(crate) reader: Reader<O>,
    pub(super) _scope: PhantomData<fn() -> S>,
}

impl<S: Scope, O> Clone for Query<S, O> {
    fn clone(&self) -> Self {
        Query { select: self.select.clone(), reader: self.reader.clone(), _scope: PhantomData }
    }
}

impl<S: Scope, O> fmt::Debug for Query<S, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sketch(f, "Query", Command::Select(self.select.clone()))
    }
}

impl<S: Scope> Query<S> {
    pub(crate) fn new(table: &'static Table) -> Self {
        Query { select: Box::new(Select::new(table)), reader: Reader::Rows(S::read), _scope: PhantomData }
    }
}

impl<S: Scope, O> Query<S, O> {
    /// Marks the conditions as naming one primary key.
    pub(crate) fn by_key(mut self) -> Self {
        self.select.by_key = true;
        self
    }

    /// Adds a condition on the first table.
    pub(crate) fn restrict(&mut self, condition: impl FnOnce(Source) -> Node) {
        self.select.filter.push(condition(Source::table(self.select.base)));
    }

    /// Determines which rows the query sees: soft delete and scopes.
    pub(crate) fn sight(&mut self) -> &mut Sight {
        &mut self.select.sight
    }

    /// Returns the SELECT of the `items` made from the columns, as part of another statement.
    pub(crate) fn project(mut self, items: impl FnOnce(S::Columns) -> Vec<Item>) -> Box<Select> {
        let items = items(self.columns());
        self.select.projection = Projection::Items(items);
        self.select
    }

    pub(super) fn columns(&self) -> S::Columns {
        S::bind(self.select.base)
    }

    /// Renders the SQL statement for a dialect; needs no database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let statement = User::query().filter(|u| u.age.ge(18)).to_sql(db.dialect())?;
    /// assert!(statement.sql.ends_with(r#"WHERE "users"."age" >= ?"#));
    /// assert_eq!(statement.params.len(), 1);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If the dialect lacks something that the query needs, or the query uses a column of another query.
    pub fn to_sql(&self, dialect: &Dialect) -> Result<Statement> {
        self.clone().into_sql(dialect)
    }

    /// Like [`to_sql`](Self::to_sql), but consumes the query and copies nothing.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let statement = User::query().filter(|u| u.id.eq(1)).into_sql(db.dialect())?;
    /// assert!(statement.sql.ends_with(r#"WHERE "users"."id" = ?"#));
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If the dialect lacks something that the query needs, or the query uses a column of another query.
    pub fn into_sql(self, dialect: &Dialect) -> Result<Statement> {
        render(Command::Select(self.select), dialect)
    }

    /// Returns the first statement that `all` runs.
    pub(crate) fn into_command(mut self) -> Command
    where
        O: Send + 'static,
    {
        if let Reader::Graph(plan) = &self.reader {
            drop(start(&**plan, &mut self.select));
        }
        Command::Select(self.select)
    }
}

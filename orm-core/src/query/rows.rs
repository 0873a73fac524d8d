//! Finished selections.

use std::fmt;

use super::Query;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::relation::Reader;
use crate::render::{render, sketch};
use crate::scope::Scope;
use crate::selection::Selection;
use crate::syntax::{Command, Projection, Select, Statement};

/// A finished selection of rows of type `O`: only paging, `distinct`, set operations and terminals remain.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let names: Rows<String> = User::query().order_by(|u| u.name.asc()).select(|u| u.name);
/// assert_eq!(names.clone().count(db).await?, 2);
/// assert_eq!(names.limit(1).all(db).await?, ["Ann"]);
/// # Ok(()) }) }
/// ```
#[must_use = "a query does nothing until a terminal such as `.all(&db)` runs it"]
pub struct Rows<O> {
    pub(crate) select: Box<Select>,
    pub(crate) reader: Reader<O>,
}

impl<O> Clone for Rows<O> {
    fn clone(&self) -> Self {
        Rows { select: self.select.clone(), reader: self.reader.clone() }
    }
}

impl<O> fmt::Debug for Rows<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sketch(f, "Rows", Command::Select(self.select.clone()))
    }
}

impl<S: Scope, O> Query<S, O> {
    /// Selects columns, expressions or whole rows, instead of the rows of the scope.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users = User::query().order_by(|u| u.id.asc());
    /// let rows: Vec<(String, Option<i32>)> = users.select(|u| (u.name, u.age)).all(db).await?;
    /// assert_eq!(rows[1], ("Bob".to_owned(), None));
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("into_tuple", "values_list", "pluck"))]
    pub fn select<P: Selection>(mut self, selection: impl FnOnce(S::Columns) -> P) -> Rows<P::Output> {
        let mut items = Vec::with_capacity(8);
        selection(self.columns()).push(&mut items);
        self.select.projection = Projection::Items(items);
        Rows { select: self.select, reader: Reader::Rows(P::read) }
    }
}

impl<O> Rows<O> {
    pub(crate) fn into_select(self) -> Select {
        *self.select
    }

    /// Returns at most this many rows: LIMIT. A second call replaces the first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest = Post::query().order_by(|p| p.id.desc()).select(|p| p.title).limit(1);
    /// assert_eq!(newest.all(db).await?, ["Draft"]);
    /// # Ok(()) }) }
    /// ```
    pub fn limit(mut self, rows: u64) -> Self {
        self.select.limit = Some(rows);
        self
    }

    /// Skips this many rows: OFFSET. A second call replaces the first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let titles = Post::query().order_by(|p| p.id.asc()).select(|p| p.title).limit(1).offset(1);
    /// assert_eq!(titles.all(db).await?, ["Draft"]);
    /// # Ok(()) }) }
    /// ```
    pub fn offset(mut self, rows: u64) -> Self {
        self.select.offset = Some(rows);
        self
    }

    /// Removes duplicate rows: SELECT DISTINCT.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let authors = Post::query().select(|p| p.author_id).distinct();
    /// assert_eq!(authors.count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn distinct(mut self) -> Self {
        self.select.distinct = true;
        self
    }

    /// Renders the SQL statement for a dialect; needs no database.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let statement = User::query().filter(|u| u.name.eq("Ann")).select(|u| u.id).to_sql(&orm::dialect::MYSQL)?;
    /// assert_eq!(statement.sql, "SELECT `users`.`id` FROM `users` WHERE `users`.`name` = ?");
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
    /// let statement = User::query().select(|u| u.name).into_sql(db.dialect())?;
    /// assert_eq!(statement.sql, r#"SELECT "users"."name" FROM "users""#);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If the dialect lacks something that the query needs, or the query uses a column of another query.
    pub fn into_sql(self, dialect: &Dialect) -> Result<Statement> {
        render(Command::Select(self.select), dialect)
    }

    pub(crate) fn into_command(self) -> Command {
        Command::Select(self.select)
    }
}

//! Common table expressions (CTEs): named rows, written once in a statement however often it reads them.

use std::fmt;
use std::marker::PhantomData;

use super::derived::RowSource as _;
use super::{Query, Rows};
use crate::relation::Reader;
use crate::scope::Scope;
use crate::shape::{Derived, Shape};
use crate::syntax;

/// A common table expression (CTE): rows with a name. It is written once, in the WITH clause of the statement, however often
/// and however deep in the statement its rows are read.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).named("counts");
/// let most = counts.query().aggregate(|g| g.max(|(_, posts)| posts)).scalar();
/// let busiest = counts.query().filter(|(_, posts)| posts.eq(most)).select(|(author, _)| author);
/// assert_eq!(busiest.all(db).await?, [1]);
/// # Ok(()) }) }
/// ```
#[must_use = "a CTE does nothing until a query reads it"]
pub struct Cte<O> {
    pub(super) cte: syntax::Cte,
    _row: PhantomData<fn() -> O>,
}

impl<O> Clone for Cte<O> {
    fn clone(&self) -> Self {
        Cte::new(self.cte.clone())
    }
}

impl<O> fmt::Debug for Cte<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cte").field(&self.cte.name).finish()
    }
}

impl<O> Cte<O> {
    fn new(cte: syntax::Cte) -> Self {
        Cte { cte, _row: PhantomData }
    }
}

impl<O> Cte<O> {
    /// Starts a query over the rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts = Post::query().filter(|p| p.published.is_false()).select(|p| p.title).named("drafts");
    /// assert_eq!(drafts.query().filter(|title| title.starts_with("D")).count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn query(&self) -> Query<Derived<O>>
    where
        O: Shape,
    {
        self.into_query()
    }
}

impl<O> Rows<O> {
    /// Names the rows, so that a statement can read them in several places: a CTE. If a statement has two CTEs of one name,
    /// they are numbered.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let names = User::query().select(|u| u.name).named("names");
    /// let pairs = names.query().join_rows(&names, |a, b| a.lt(b));
    /// assert_eq!(pairs.all(db).await?, [("Ann".to_owned(), "Bob".to_owned())]);
    /// # Ok(()) }) }
    /// ```
    pub fn named(self, name: &str) -> Cte<O> {
        Cte::new(syntax::Cte::new(name, *self.select))
    }

    /// Makes a recursive CTE of these rows and those that `step` derives from the rows so far, repeated until it derives
    /// none: a tree from its root down, a chain of predecessors. Rows that form a cycle never end;
    /// [`recursive_distinct`](Self::recursive_distinct) takes each row once.
    ///
    /// On MySQL and MariaDB, each column has the type that it has in these rows: start a text that grows, such as a path, with
    /// `name.cast::<String>()`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// #[derive(Model)]
    /// struct Folder {
    ///     #[orm(primary_key)]
    ///     id: u64,
    ///     #[orm(belongs_to = Folder, relation = parent)]
    ///     parent_id: Option<u64>,
    /// }
    /// # db.create_tables::<Folder>().await?;
    /// # let folders = [(1, None), (2, Some(1)), (3, Some(2)), (4, None)].map(|(id, parent_id)| Folder { id, parent_id });
    /// # Folder::insert_all(folders).execute(db).await?;
    /// let below_one = Folder::query().filter(|f| f.id.eq(1)).select(|f| f.id).recursive("tree", |tree| {
    ///     Folder::query().join_rows(tree, |f, id| f.parent_id.eq(id)).select(|(f, _)| f.id)
    /// });
    /// assert_eq!(below_one.query().order_by(|id| id.asc()).all(db).await?, [1, 2, 3]);
    /// # Ok(()) }) }
    /// ```
    pub fn recursive(self, name: &str, step: impl FnOnce(&Cte<O>) -> Rows<O>) -> Cte<O> {
        self.repeat(name, false, step)
    }

    /// Like [`recursive`](Self::recursive), but drops rows that are there already (`UNION` instead of `UNION ALL`), so that
    /// cycles end.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let same = User::query().select(|u| u.name).recursive_distinct("same", |same| {
    ///     same.query().select(|name| name)
    /// });
    /// assert_eq!(same.query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn recursive_distinct(self, name: &str, step: impl FnOnce(&Cte<O>) -> Rows<O>) -> Cte<O> {
        self.repeat(name, true, step)
    }

    fn repeat(self, name: &str, distinct: bool, step: impl FnOnce(&Cte<O>) -> Rows<O>) -> Cte<O> {
        let step = |cte: &syntax::Cte| *step(&Cte::new(cte.clone())).select;
        Cte::new(syntax::Cte::recursive(name, *self.select, distinct, step))
    }
}

impl<S: Scope> Query<S> {
    /// Turns the rows into a finished selection, from which to make a derived table, a CTE or a set operation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann = User::query().filter(|u| u.name.eq("Ann")).into_rows();
    /// let bob = User::query().filter(|u| u.name.eq("Bob")).into_rows();
    /// assert_eq!(ann.union(bob).count(db).await?, 2);
    ///
    /// let numbered = Post::query().select(|p| (p.author_id, p.title)).into_query();
    /// let by_one: orm::Rows<(u64, String)> = numbered.filter(|(author, _)| author.eq(1)).into_rows();
    /// assert_eq!(by_one.count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn into_rows(self) -> Rows<S::Row> {
        Rows { select: self.select, reader: Reader::Rows(S::read) }
    }
}

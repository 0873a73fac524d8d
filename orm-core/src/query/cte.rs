//! Common table expressions: rows with a name, written once however often they are named.

use std::fmt;
use std::marker::PhantomData;

use super::derived::RowSource as _;
use super::{Query, Rows};
use crate::relation::Reader;
use crate::scope::Scope;
use crate::shape::{Derived, Shape};
use crate::syntax;

/// Rows with a name: a common table expression. It is written once, in a WITH before the statement, however often and
/// however deep in it the rows are read.
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
#[must_use = "named rows do nothing until a query reads them"]
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
    /// A query over the rows.
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
    /// Gives the rows a name, so that a statement can read them in several places. Names that occur twice in a
    /// statement are numbered.
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

    /// Gives a name to these rows and to those that `step` makes of the rows at hand, again and again until it makes
    /// none: a tree from its root down, a chain of predecessors. Rows that come round in a circle never end;
    /// [`recursive_distinct`](Self::recursive_distinct) takes each row once.
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

    /// As [`recursive`](Self::recursive), but a row that is there already is not taken again, so that circles end.
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
    /// The rows as a finished selection: of which a derived table, a named one or a set operation can be made.
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

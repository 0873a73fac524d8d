//! Derived tables: a subquery in the FROM clause of another query.

use std::marker::PhantomData;

use super::{Cte, Query, Rows};
use crate::expression::IntoCondition;
use crate::mode::{Nullable, Required};
use crate::relation::Reader;
use crate::scope::{Push, Scope};
use crate::shape::{Derived, MaybeDerived, Shape};
use crate::syntax::{JoinKind, On, Origin, Select, Source};

/// Rows that a query can read from or join: a query, a finished selection, or a CTE ([`Cte`]).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// # use orm_core::query::{Derived, Query, RowSource, Shape};
/// fn newest<O: Shape>(rows: impl RowSource<O>) -> Query<Derived<O>> {
///     rows.into_query().limit(10)
/// }
/// assert_eq!(newest(User::query().select(|u| u.name)).count(db).await?, 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be joined as a derived table or CTE",
    label = "expected a query without eagerly loaded relations, or a CTE",
    note = "leave out `.with(..)`, or select what you need with `.select(..)`; to join a model, use `.join(..)` or `.join_on(..)`"
)]
pub trait RowSource<O: Shape>: Sized {
    #[doc(hidden)]
    fn origin(self) -> Origin;

    /// Starts a query over the rows.
    fn into_query(self) -> Query<Derived<O>> {
        let select = Box::new(Select::from_origin(self.origin()));
        Query { select, reader: Reader::Rows(<Derived<O> as Scope>::read), _scope: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<O: Shape> RowSource<O> for Rows<O> {
    fn origin(self) -> Origin {
        of_select(self.select)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Scope, O: NothingBut<S::Row>> RowSource<S::Row> for Query<S, O>
where
    S::Row: Shape,
{
    fn origin(self) -> Origin {
        of_select(self.select)
    }
}

/// What a query reads is the rows of its tables, without loaded relations. A bound on the types themselves would be reported
/// instead of [`RowSource`].
#[doc(hidden)]
pub trait NothingBut<R> {}

impl<R> NothingBut<R> for R {}

fn of_select(select: Box<Select>) -> Origin {
    if let Some(list) = select.as_list() {
        return Origin::List(list.clone());
    }
    match select.as_elements() {
        Some(document) => Origin::Elements(Box::new(document.clone())),
        None => Origin::Derived(select),
    }
}

#[diagnostic::do_not_recommend]
impl<O: Shape> RowSource<O> for &Cte<O> {
    fn origin(self) -> Origin {
        Origin::Cte(self.cte.clone())
    }
}

impl<O> Rows<O> {
    /// Makes a derived table of these rows: a query over them, like one over a table.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let per_author = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count()));
    /// let most = per_author.into_query().aggregate(|g| g.max(|(_, posts)| posts));
    /// assert_eq!(most.one(db).await?, Some(2));
    ///
    /// // Whole rows and values: the newest post of each author.
    /// use orm::window::row_number;
    /// let ranked = Post::query().select(|p| (p, row_number().over(|w| w.partition_by(p.author_id).order_by(p.id.desc()))));
    /// let newest: Vec<(Post, i64)> = ranked.into_query().filter(|(_, rank)| rank.eq(1)).all(db).await?;
    /// assert_eq!(newest[0].0.title, "Draft");
    /// # Ok(()) }) }
    /// ```
    pub fn into_query(self) -> Query<Derived<O>>
    where
        O: Shape,
    {
        RowSource::into_query(self)
    }
}

impl<S: Scope> Query<S> {
    /// Joins the rows of another query: an inner join with a derived table or CTE.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count()));
    /// let authors = User::query().join_rows(counts, |u, (author, _)| u.id.eq(author));
    /// let names = authors.select(|(u, (_, posts))| (u.name, posts)).all(db).await?;
    /// assert_eq!(names, [("Ann".to_owned(), 2)]);
    ///
    /// let newest = Post::query().order_by(|p| p.id.desc()).limit(1); // whole rows
    /// let author = User::query().join_rows(newest, |u, p| u.id.eq(p.author_id)).one(db).await?;
    /// assert_eq!((author.0.name.as_str(), author.1.title.as_str()), ("Ann", "Draft"));
    /// # Ok(()) }) }
    /// ```
    pub fn join_rows<O: Shape, R: RowSource<O>, C: IntoCondition>(
        self,
        rows: R,
        condition: impl FnOnce(S::Columns, O::Columns<Required>) -> C,
    ) -> Query<S::Out>
    where
        S: Push<Derived<O>>,
    {
        let joined = O::columns(self.next_source(), &mut 0);
        let on = On::Condition(condition(self.columns(), joined).into_condition().0);
        self.with_rows(rows.origin(), JoinKind::Inner, on)
    }

    /// Left-joins the rows of another query: `None` where none matches.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count()));
    /// let users = User::query().left_join_rows(counts, |u, (author, _)| u.id.eq(author));
    /// let names = users.order_by(|(u, _)| u.id.asc()).select(|(u, (_, posts))| (u.name, posts)).all(db).await?;
    /// assert_eq!(names, [("Ann".to_owned(), Some(2)), ("Bob".to_owned(), None)]);
    /// # Ok(()) }) }
    /// ```
    pub fn left_join_rows<O: Shape, R: RowSource<O>, C: IntoCondition>(
        self,
        rows: R,
        condition: impl FnOnce(S::Columns, O::Columns<Nullable>) -> C,
    ) -> Query<S::Out>
    where
        S: Push<MaybeDerived<O>>,
    {
        let joined = O::columns(self.next_source(), &mut 0);
        let on = On::Condition(condition(self.columns(), joined).into_condition().0);
        self.with_rows(rows.origin(), JoinKind::Left, on)
    }

    fn next_source(&self) -> Source {
        self.select.next_source()
    }
}

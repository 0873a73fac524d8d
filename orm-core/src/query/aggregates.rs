//! Aggregate functions over the rows of a group, or over some of them.

use std::fmt;
use std::marker::PhantomData;

use super::{Counted, Group};
use crate::expression::{Aggregate, Condition, Expr, Expression, IntoCondition, Orders};
use crate::mode::{Nullable, Required};
use crate::scope::Scope;
use crate::syntax::{AggregateCall, AggregateFunction, Comparison, Joined, Node, OrderBy};
use crate::value::{Averaged, Datum, Kind, Summed, Textual, Value};

/// The rows of a group that meet a condition, made by `g.filter(..)`. It has the same aggregates as [`Group`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let rows = Post::query().group_by(|p| p.author_id).select(|g| {
///     let published = g.filter(|p| p.published.is_true());
///     (g.count(), published.count(), published.max(|p| p.title))
/// });
/// assert_eq!(rows.all(db).await?, [(2, 1, Some("Hello".to_owned()))]);
/// # Ok(()) }) }
/// ```
pub struct Filtered<S> {
    pub(super) base: u64,
    condition: Node,
    _scope: PhantomData<fn() -> S>,
}

impl<S> Clone for Filtered<S> {
    fn clone(&self) -> Self {
        Filtered { base: self.base, condition: self.condition.clone(), _scope: PhantomData }
    }
}

impl<S> fmt::Debug for Filtered<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filtered").field(&self.condition).finish()
    }
}

impl<K, S: Scope> Group<K, S> {
    /// Restricts aggregates to the rows of the group that meet a condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts = Post::query().aggregate(|g| g.filter(|p| p.published.is_false()).count()).one(db).await?;
    /// assert_eq!(drafts, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn filter<C: IntoCondition>(&self, condition: impl FnOnce(S::Columns) -> C) -> Filtered<S> {
        Filtered {
            base: self.base,
            condition: condition(S::bind(self.base)).into_condition().0,
            _scope: PhantomData,
        }
    }

    const fn condition(&self) -> Option<Node> {
        None
    }
}

impl<S: Scope> Filtered<S> {
    /// Restricts aggregates further, to the rows that also meet this condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let count = Post::query()
    ///     .aggregate(|g| g.filter(|p| p.published.is_true()).filter(|p| p.title.eq("Draft")).count())
    ///     .one(db)
    ///     .await?;
    /// assert_eq!(count, 0);
    /// # Ok(()) }) }
    /// ```
    pub fn filter<C: IntoCondition>(&self, condition: impl FnOnce(S::Columns) -> C) -> Filtered<S> {
        let condition = self.condition.clone().and(condition(S::bind(self.base)).into_condition().0);
        Filtered { base: self.base, condition, _scope: PhantomData }
    }

    fn condition(&self) -> Option<Node> {
        Some(self.condition.clone())
    }
}

/// Joins the conditions with AND, if there is a first one.
fn both(first: Option<Node>, second: Node) -> Node {
    match first {
        Some(first) => first.and(second),
        None => second,
    }
}

/// `COUNT(*)` over the rows that meet a condition.
fn count_where(filter: Option<Node>) -> Node {
    Node::Aggregate(Box::new(AggregateCall {
        function: AggregateFunction::Count,
        argument: None,
        distinct: false,
        kind: Kind::BigInt,
        filter,
        joined: None,
    }))
}

/// Writes the methods of `Group` and `Filtered`. The methods are passed to the macro rather than written in it, so that
/// compiler errors show the method and not the macro.
macro_rules! on_both {
    ($($methods:tt)*) => {
        /// Aggregates over the rows of the group.
        impl<K, S: Scope> Group<K, S> {
            $($methods)*
        }

        /// Aggregates over the rows that meet the condition.
        impl<S: Scope> Filtered<S> {
            $($methods)*
        }
    };
}

pub(super) use on_both;

on_both! {
    fn over<E: Expression, V, N>(
        &self,
        function: AggregateFunction,
        distinct: bool,
        column: impl FnOnce(S::Columns) -> E,
    ) -> Aggregate<V, N> {
        self.call(function, distinct, column(S::bind(self.base)), None)
    }

    pub(super) fn call<E: Expression, V, N>(
        &self,
        function: AggregateFunction,
        distinct: bool,
        argument: E,
        joined: Option<Joined>,
    ) -> Aggregate<V, N> {
        Aggregate::new(Node::Aggregate(Box::new(AggregateCall {
            function,
            argument: Some(argument.into_node()),
            distinct,
            kind: E::Value::KIND,
            filter: self.condition(),
            joined,
        })))
    }

    /// Counts the rows: `COUNT(*)`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count()));
    /// assert_eq!(posts.all(db).await?, [(1, 2)]);
    /// # Ok(()) }) }
    /// ```
    pub fn count(&self) -> Aggregate<i64> {
        Aggregate::new(count_where(self.condition()))
    }

    /// Counts the rows in which the column is not NULL: `COUNT(column)`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let (all, with_age) = User::query().aggregate(|g| (g.count(), g.count_of(|u| u.age))).one(db).await?;
    /// assert_eq!((all, with_age), (2, 1));
    /// # Ok(()) }) }
    /// ```
    pub fn count_of<E: Expression>(
        &self,
        column: impl FnOnce(S::Columns) -> E,
    ) -> Aggregate<i64, Required> {
        self.over(AggregateFunction::Count, false, column)
    }

    /// Counts the distinct values of a column, or the distinct combinations of several: `COUNT(DISTINCT ..)`. NULLs, and
    /// combinations that contain one, are not counted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let authors = Post::query().aggregate(|g| g.count_distinct(|p| p.author_id)).one(db).await?;
    /// assert_eq!(authors, 1);
    /// let kinds = Post::query().aggregate(|g| g.count_distinct(|p| (p.author_id, p.published))).one(db).await?;
    /// assert_eq!(kinds, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn count_distinct<C: Counted>(
        &self,
        columns: impl FnOnce(S::Columns) -> C,
    ) -> Aggregate<i64, Required> {
        Aggregate::new(Node::Aggregate(Box::new(AggregateCall {
            function: AggregateFunction::Count,
            argument: Some(columns(S::bind(self.base)).into_node()),
            distinct: true,
            kind: Kind::BigInt,
            filter: self.condition(),
            joined: None,
        })))
    }

    /// Sums the values: `SUM(column)`. NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let years: Option<i64> = User::query().aggregate(|g| g.sum(|u| u.age)).one(db).await?;
    /// assert_eq!(years, Some(41));
    /// # Ok(()) }) }
    /// ```
    pub fn sum<E: Expression>(
        &self,
        column: impl FnOnce(S::Columns) -> E,
    ) -> Aggregate<<E::Value as Summed>::Sum, Nullable>
    where
        E::Value: Summed,
    {
        self.over(AggregateFunction::Sum, false, column)
    }

    /// Averages the values: `AVG(column)`. NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let average: Option<f64> = User::query().aggregate(|g| g.avg(|u| u.age)).one(db).await?;
    /// assert_eq!(average, Some(41.0));
    /// # Ok(()) }) }
    /// ```
    pub fn avg<E: Expression>(
        &self,
        column: impl FnOnce(S::Columns) -> E,
    ) -> Aggregate<<E::Value as Averaged>::Average, Nullable>
    where
        E::Value: Averaged,
    {
        self.over(AggregateFunction::Average, false, column)
    }

    /// Returns the least value: `MIN(column)`. NULL if there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let first: Option<String> = User::query().aggregate(|g| g.min(|u| u.name)).one(db).await?;
    /// assert_eq!(first.as_deref(), Some("Ann"));
    /// # Ok(()) }) }
    /// ```
    pub fn min<E: Expression>(
        &self,
        column: impl FnOnce(S::Columns) -> E,
    ) -> Aggregate<E::Value, Nullable> {
        self.over(AggregateFunction::Min, false, column)
    }

    /// Returns the greatest value: `MAX(column)`. NULL if there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest: Option<u64> = Post::query().aggregate(|g| g.max(|p| p.id)).one(db).await?;
    /// assert_eq!(newest, Some(2));
    /// # Ok(()) }) }
    /// ```
    pub fn max<E: Expression>(
        &self,
        column: impl FnOnce(S::Columns) -> E,
    ) -> Aggregate<E::Value, Nullable> {
        self.over(AggregateFunction::Max, false, column)
    }

    /// Sums the distinct values: `SUM(DISTINCT column)`. NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let authors = Post::query().aggregate(|g| g.sum_distinct(|p| p.author_id)).one(db).await?;
    /// assert_eq!(authors, Some(1)); // of two posts
    /// # Ok(()) }) }
    /// ```
    pub fn sum_distinct<E: Expression>(
        &self,
        column: impl FnOnce(S::Columns) -> E,
    ) -> Aggregate<<E::Value as Summed>::Sum, Nullable>
    where
        E::Value: Summed,
    {
        self.over(AggregateFunction::Sum, true, column)
    }

    /// Averages the distinct values: `AVG(DISTINCT column)`. NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let average = Post::query().aggregate(|g| g.avg_distinct(|p| p.author_id)).one(db).await?;
    /// assert_eq!(average, Some(1.0));
    /// # Ok(()) }) }
    /// ```
    pub fn avg_distinct<E: Expression>(
        &self,
        column: impl FnOnce(S::Columns) -> E,
    ) -> Aggregate<<E::Value as Averaged>::Average, Nullable>
    where
        E::Value: Averaged,
    {
        self.over(AggregateFunction::Average, true, column)
    }

    /// Concatenates the texts in no particular order, with `separator` between them: `GROUP_CONCAT`. NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let emails = User::query().filter(|u| u.name.eq("Ann")).aggregate(|g| g.group_concat(|u| u.email, ", "));
    /// assert_eq!(emails.one(db).await?.as_deref(), Some("ann@example.org"));
    /// # Ok(()) }) }
    /// ```
    pub fn group_concat<E: Expression>(
        &self,
        text: impl FnOnce(S::Columns) -> E,
        separator: &str,
    ) -> Aggregate<String, Nullable>
    where
        E::Value: Textual,
    {
        let joined = Joined { separator: separator.to_owned(), order_by: Vec::new() };
        self.call(AggregateFunction::Join, false, text(S::bind(self.base)), Some(joined))
    }

    /// Concatenates the texts in the given order. See [`group_concat`](Self::group_concat).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let titles = Post::query().group_by(|p| p.author_id);
    /// let titles = titles.select(|g| g.group_concat_in_order(|p| p.title, " + ", |p| p.id.desc()));
    /// assert_eq!(titles.one(db).await?.as_deref(), Some("Draft + Hello"));
    /// # Ok(()) }) }
    /// ```
    pub fn group_concat_in_order<E: Expression, R: Orders>(
        &self,
        text: impl FnOnce(S::Columns) -> E,
        separator: &str,
        order: impl FnOnce(S::Columns) -> R,
    ) -> Aggregate<String, Nullable>
    where
        E::Value: Textual,
    {
        let mut order_by = Vec::new();
        order(S::bind(self.base)).push_orders(&mut order_by);
        let joined = Joined { separator: separator.to_owned(), order_by };
        self.call(AggregateFunction::Join, false, text(S::bind(self.base)), Some(joined))
    }

    /// Concatenates the distinct texts in their own order, with `separator` between them. NULL if there are none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let authors = Post::query().aggregate(|g| g.group_concat_distinct(|p| p.author().name, ", "));
    /// assert_eq!(authors.one(db).await?.as_deref(), Some("Ann"));
    /// # Ok(()) }) }
    /// ```
    pub fn group_concat_distinct<E: Expression>(
        &self,
        text: impl FnOnce(S::Columns) -> E,
        separator: &str,
    ) -> Aggregate<String, Nullable>
    where
        E::Value: Textual,
    {
        let text = text(S::bind(self.base)).into_node();
        let order_by = vec![OrderBy {
            node: text.clone(),
            descending: false,
            kind: E::Value::KIND,
            nulls_first: None,
        }];
        let joined = Joined { separator: separator.to_owned(), order_by };
        self.call(AggregateFunction::Join, true, Expr::<String>::new(text), Some(joined))
    }

    /// Returns whether any of the rows meets a condition: false if there are no rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let writers = Post::query().group_by(|p| p.author_id).having(|g| g.any(|p| p.published.is_true()));
    /// assert_eq!(writers.select(|g| g.key).all(db).await?, [1]);
    /// # Ok(()) }) }
    /// ```
    pub fn any<C: IntoCondition>(&self, condition: impl FnOnce(S::Columns) -> C) -> Condition {
        let filter = both(self.condition(), condition(S::bind(self.base)).into_condition().0);
        Condition(Node::compare(
            count_where(Some(filter)),
            Comparison::Greater,
            Node::Value(Datum::Int(0)),
        ))
    }

    /// Returns whether every row meets a condition: true if there are no rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let rows = Post::query().group_by(|p| p.author_id).select(|g| g.every(|p| p.published.is_true()).known());
    /// assert_eq!(rows.all(db).await?, [false]);
    /// # Ok(()) }) }
    /// ```
    pub fn every<C: IntoCondition>(&self, condition: impl FnOnce(S::Columns) -> C) -> Condition {
        let filter = both(self.condition(), condition(S::bind(self.base)).into_condition().0);
        // Counts the rows that meet the condition, not those that fail it: an unknown (NULL) condition is not met.
        let (met, all) = (count_where(Some(filter)), count_where(self.condition()));
        Condition(Node::compare(met, Comparison::Equal, all))
    }
}

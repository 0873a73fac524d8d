//! Groups and aggregates: GROUP BY and HAVING.

use std::fmt;
use std::marker::PhantomData;

use super::{Query, RollUp, Rows};
use crate::expression::{IntoCondition, Orders};
use crate::relation::Reader;
use crate::render::sketch;
use crate::scope::Scope;
use crate::selection::Selection;
use crate::syntax::{Command, Projection, Select};

/// A query with GROUP BY: `having`, `order_by` and `select` can use the key and aggregates, nothing else.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let busy = User::query()
///     .join(|u| u.posts())
///     .group_by(|(u, _)| u.name)
///     .having(|g| g.count().gt(1))
///     .select(|g| (g.key, g.count()));
/// assert_eq!(busy.all(db).await?, [("Ann".to_owned(), 2)]);
/// # Ok(()) }) }
/// ```
#[must_use = "a query does nothing until a terminal such as `.all(&db)` runs it"]
pub struct Grouped<K, S> {
    select: Box<Select>,
    key: K,
    _scope: PhantomData<fn() -> S>,
}

impl<K: Clone, S> Clone for Grouped<K, S> {
    /// The clone keeps the numbers of its tables, since its key refers to them.
    fn clone(&self) -> Self {
        Grouped { select: Box::new(self.select.duplicate()), key: self.key.clone(), _scope: PhantomData }
    }
}

impl<K, S> fmt::Debug for Grouped<K, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sketch(f, "Grouped", Command::Select(self.select.clone()))
    }
}

/// One group: its key, and aggregates over its rows.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let newest = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count(), g.max(|p| p.id)));
/// assert_eq!(newest.all(db).await?, [(1, 2, Some(2))]);
/// # Ok(()) }) }
/// ```
pub struct Group<K, S> {
    /// The value that the rows are grouped by.
    pub key: K,
    pub(super) base: u64,
    _scope: PhantomData<fn() -> S>,
}

impl<K: Clone, S> Clone for Group<K, S> {
    fn clone(&self) -> Self {
        Group { key: self.key.clone(), base: self.base, _scope: PhantomData }
    }
}

impl<K: Copy, S> Copy for Group<K, S> {}

impl<K, S> fmt::Debug for Group<K, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").finish_non_exhaustive()
    }
}

impl<S: Scope, O> Query<S, O> {
    /// Groups the rows by a column, an expression, a whole row, the row that a relation leads to, or a tuple of these. A
    /// computed key and a row of a relation are not `Copy`: select them last, or as `g.key.clone()`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let per_author: Vec<(User, i64)> = User::query()
    ///     .left_join(|u| u.posts())
    ///     .group_by(|(u, _)| u)
    ///     .order_by(|g| g.key.id.asc())
    ///     .select(|g| (g.key, g.count_of(|(_, p)| p.id)))
    ///     .all(db)
    ///     .await?;
    /// assert_eq!((per_author[0].1, per_author[1].1), (2, 0));
    /// let authors = Post::query().group_by(|p| p.author()).select(|g| (g.count(), g.key));
    /// assert_eq!(authors.one(db).await?.1.name, "Ann");
    /// # Ok(()) }) }
    /// ```
    pub fn group_by<K: Selection + Clone>(mut self, key: impl FnOnce(S::Columns) -> K) -> Grouped<K, S> {
        self.select.become_grouped();
        let key = key(self.columns()).into_key();
        let mut items = Vec::with_capacity(2);
        key.clone().push(&mut items);
        for item in items {
            item.push_columns(&mut self.select.group_by);
        }
        Grouped { select: self.select, key, _scope: PhantomData }
    }

    /// Aggregates over all rows. Returns one row, even if there are no rows to aggregate.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let (users, oldest) = User::query().aggregate(|g| (g.count(), g.max(|u| u.age))).one(db).await?;
    /// assert_eq!((users, oldest), (2, Some(41)));
    /// # Ok(()) }) }
    /// ```
    pub fn aggregate<P: Selection>(mut self, selection: impl FnOnce(Group<(), S>) -> P) -> Rows<P::Output> {
        let group = Group { key: (), base: self.select.base, _scope: PhantomData };
        let mut items = Vec::with_capacity(2);
        selection(group).push(&mut items);
        self.select.projection = Projection::Items(items);
        self.select.become_grouped();
        self.select.aggregated = true;
        Rows { select: self.select, reader: Reader::Rows(P::read) }
    }
}

impl<K: Clone, S: Scope> Grouped<K, S> {
    fn group(&self) -> Group<K, S> {
        Group { key: self.key.clone(), base: self.select.base, _scope: PhantomData }
    }

    /// Adds subtotals and a grand total: WITH ROLLUP. There is one row of totals for each key before the last, over all keys
    /// that follow it, and one over all rows. Keys that are totalled are NULL in these rows, so every key is read as an
    /// `Option`.
    ///
    /// MySQL and MariaDB support it, SQLite does not. On MariaDB, it excludes `order_by`, and `having` may use aggregates
    /// only.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let totals = Post::query().group_by(|p| p.author_id).with_rollup();
    /// let rows: orm::Rows<(Option<u64>, i64)> = totals.select(|g| (g.key, g.count()));
    /// assert!(rows.to_sql(&orm::dialect::MYSQL)?.sql.ends_with("GROUP BY `posts`.`author_id` WITH ROLLUP"));
    /// assert!(rows.all(db).await.unwrap_err().is_unsupported()); // not on SQLite
    /// # Ok(()) }) }
    /// ```
    pub fn with_rollup<T>(mut self) -> Grouped<T, S>
    where
        K: RollUp<Total = T>,
    {
        self.select.rollup = true;
        Grouped { select: self.select, key: self.key.total(), _scope: PhantomData }
    }

    /// Keeps the groups that meet a condition: HAVING. Several conditions are joined with AND.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let busy = Post::query().group_by(|p| p.author_id).having(|g| g.count().gt(1)).select(|g| g.key);
    /// assert_eq!(busy.all(db).await?, [1]);
    /// # Ok(()) }) }
    /// ```
    pub fn having<C: IntoCondition>(mut self, condition: impl FnOnce(Group<K, S>) -> C) -> Self {
        let condition = condition(self.group()).into_condition();
        condition.0.push_onto(&mut self.select.having);
        self
    }

    /// Keeps the groups that meet a condition, if `wanted` is true.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let busy_only = false;
    /// let authors = Post::query().group_by(|p| p.author_id).having_if(busy_only, |g| g.count().gt(9)).select(|g| g.key);
    /// assert_eq!(authors.all(db).await?, [1]);
    /// # Ok(()) }) }
    /// ```
    pub fn having_if<C: IntoCondition>(self, wanted: bool, condition: impl FnOnce(Group<K, S>) -> C) -> Self {
        if wanted { self.having(condition) } else { self }
    }

    /// Keeps the groups that meet a condition on a value, if it is `Some`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let at_least = Some(3);
    /// let authors = Post::query().group_by(|p| p.author_id).having_some(at_least, |g, least| g.count().ge(least));
    /// assert_eq!(authors.select(|g| g.key).count(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    pub fn having_some<T, C: IntoCondition>(
        self,
        value: Option<T>,
        condition: impl FnOnce(Group<K, S>, T) -> C,
    ) -> Self {
        match value {
            Some(value) => self.having(|group| condition(group, value)),
            None => self,
        }
    }

    /// Sorts the groups. Further calls add keys that break ties.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let by_count = Post::query().group_by(|p| p.published).order_by(|g| (g.count().desc(), g.key.desc()));
    /// assert_eq!(by_count.select(|g| g.key).all(db).await?, [true, false]);
    /// # Ok(()) }) }
    /// ```
    pub fn order_by<R: Orders>(mut self, order: impl FnOnce(Group<K, S>) -> R) -> Self {
        order(self.group()).push_orders(&mut self.select.order_by);
        self
    }

    /// Returns at most this many groups. A second call replaces the first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let busiest = Post::query().group_by(|p| p.author_id).order_by(|g| g.count().desc()).limit(1).select(|g| g.key);
    /// assert_eq!(busiest.all(db).await?, [1]);
    /// # Ok(()) }) }
    /// ```
    pub fn limit(mut self, groups: u64) -> Self {
        self.select.limit = Some(groups);
        self
    }

    /// Skips this many groups. A second call replaces the first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let others = Post::query().group_by(|p| p.author_id).order_by(|g| g.count().desc()).offset(1).select(|g| g.key);
    /// assert!(others.all(db).await?.is_empty());
    /// # Ok(()) }) }
    /// ```
    pub fn offset(mut self, groups: u64) -> Self {
        self.select.offset = Some(groups);
        self
    }

    /// Selects the key, aggregates, and expressions computed from them.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let titles = Post::query().group_by(|p| p.published).order_by(|g| g.key.desc());
    /// let firsts: Vec<(bool, Option<String>)> = titles.select(|g| (g.key, g.min(|p| p.title))).all(db).await?;
    /// assert_eq!(firsts, [(true, Some("Hello".to_owned())), (false, Some("Draft".to_owned()))]);
    /// # Ok(()) }) }
    /// ```
    pub fn select<P: Selection>(mut self, selection: impl FnOnce(Group<K, S>) -> P) -> Rows<P::Output> {
        let mut items = Vec::with_capacity(4);
        selection(self.group()).push(&mut items);
        self.select.projection = Projection::Items(items);
        Rows { select: self.select, reader: Reader::Rows(P::read) }
    }
}

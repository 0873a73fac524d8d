//! Clauses that do not change the shape of a query's rows.

use super::Query;
use crate::expression::{IntoCondition, Orders};
use crate::scope::Scope;

impl<S: Scope, O> Query<S, O> {
    /// Adds a WHERE condition. Several filters are joined with AND.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let adults = User::query().filter(|u| u.age.ge(18)).filter(|u| u.name.starts_with("A"));
    /// assert_eq!(adults.count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("where", "exclude"))]
    pub fn filter<C: IntoCondition>(mut self, condition: impl FnOnce(S::Columns) -> C) -> Self {
        let condition = condition(self.columns()).into_condition();
        condition.0.push_onto(&mut self.select.filter);
        self
    }

    /// Adds a WHERE condition if `wanted` is true.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let drafts_too = false;
    /// let posts = Post::query().filter_if(!drafts_too, |p| p.published.is_true());
    /// assert_eq!(posts.count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn filter_if<C: IntoCondition>(self, wanted: bool, condition: impl FnOnce(S::Columns) -> C) -> Self {
        if wanted { self.filter(condition) } else { self }
    }

    /// Adds a WHERE condition on a value if it is `Some`: for the optional fields of a search form.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let (name, min_age): (Option<&str>, Option<i32>) = (None, Some(18));
    /// let found = User::query()
    ///     .filter_some(name, |u, name| u.name.contains(name))
    ///     .filter_some(min_age, |u, min| u.age.ge(min));
    /// assert_eq!(found.count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn filter_some<T, C: IntoCondition>(
        self,
        value: Option<T>,
        condition: impl FnOnce(S::Columns, T) -> C,
    ) -> Self {
        match value {
            Some(value) => self.filter(|columns| condition(columns, value)),
            None => self,
        }
    }

    /// Sorts the rows: ORDER BY. Further calls add keys that break ties.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let posts = Post::query().order_by(|p| (p.published.desc(), p.title.asc())).all(db).await?;
    /// assert_eq!(posts[0].title, "Hello");
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("order_by_desc", "then_by", "sort"))]
    pub fn order_by<R: Orders>(mut self, order: impl FnOnce(S::Columns) -> R) -> Self {
        let order = order(self.columns());
        let orders = &mut self.select.order_by;
        if orders.capacity() == 0 {
            *orders = Vec::with_capacity(4);
        }
        order.push_orders(orders);
        self
    }

    /// Returns at most this many rows: LIMIT. A second call replaces the first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let newest = Post::query().order_by(|p| p.id.desc()).limit(1).all(db).await?;
    /// assert_eq!(newest[0].title, "Draft");
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("take"))]
    pub fn limit(mut self, rows: u64) -> Self {
        self.select.limit = Some(rows);
        self
    }

    /// Skips this many rows: OFFSET. A second call replaces the first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let second_page = Post::query().order_by(|p| p.id.asc()).limit(1).offset(1).all(db).await?;
    /// assert_eq!(second_page[0].title, "Draft");
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("skip"))]
    pub fn offset(mut self, rows: u64) -> Self {
        self.select.offset = Some(rows);
        self
    }

    /// Removes duplicate rows: SELECT DISTINCT.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let authors: Vec<u64> = Post::query().distinct().select(|p| p.author_id).all(db).await?;
    /// assert_eq!(authors, [1]);
    /// # Ok(()) }) }
    /// ```
    #[rustfmt::skip] // rustc shows the line to whoever gives it a column
    pub fn distinct(mut self) -> Self { // of whole rows; of a column: `.select(|p| p.author_id).distinct()`
        self.select.distinct = true;
        self
    }
}

//! Window definitions: partition, order and frame.

use std::ops::{Bound, RangeBounds};

use crate::expression::Orders;
use crate::selection::Selection;
use crate::syntax::{self, Frame, FrameUnit};

/// The rows that a window function sees: by default, all rows of the query.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window::{self, Window};
/// let posts = Post::query().order_by(|p| p.id.asc()).select(|p| {
///     let of_author = |w: Window| w.partition_by(p.author_id).order_by(p.id.asc());
///     (window::rank().over(of_author), window::lead(p.title, 1).over(of_author))
/// });
/// assert_eq!(posts.all(db).await?, [(1, Some("Draft".to_owned())), (2, None)]);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a window does nothing until a function is placed over it"]
pub struct Window(pub(super) syntax::Window);

impl Window {
    /// Restricts the window to rows with the same values of a column, an expression, a whole row or a tuple of these:
    /// PARTITION BY.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let counts = Post::query().select(|p| window::count().over(|w| w.partition_by((p.author_id, p.published))));
    /// assert_eq!(counts.all(db).await?, [1, 1]);
    /// # Ok(()) }) }
    /// ```
    pub fn partition_by(mut self, key: impl Selection) -> Self {
        let mut items = Vec::with_capacity(2);
        key.push(&mut items);
        for item in items {
            item.push_columns(&mut self.0.partition_by);
        }
        self
    }

    /// Sorts the rows of the window. Without an explicit frame, aggregates and `last_value` then see the rows up to the
    /// current row and its ties.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let ranks = Post::query().select(|p| (p.id, window::rank().over(|w| w.order_by((p.published.desc(), p.id.asc())))));
    /// assert_eq!(ranks.all(db).await?, [(1, 1), (2, 2)]);
    /// # Ok(()) }) }
    /// ```
    pub fn order_by(mut self, order: impl Orders) -> Self {
        order.push_orders(&mut self.0.order_by);
        self
    }

    /// Sets a ROWS frame: rows by their distance from the current one, which is 0. `..=0` is from the first row to this one,
    /// `-1..=1` is this row and its neighbours, `..` is all rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let sums = Post::query().select(|p| window::sum(p.id).over(|w| w.order_by(p.id.asc()).rows(0..=1)));
    /// assert_eq!(sums.all(db).await?, [Some(3), Some(2)]);
    /// # Ok(()) }) }
    /// ```
    pub fn rows(self, distance: impl RangeBounds<i64>) -> Self {
        self.frame(FrameUnit::Rows, &distance)
    }

    /// Sets a RANGE frame: rows whose sort key differs from that of the current row by an amount within `difference`. The window
    /// must be sorted by exactly one number; for days, that is `day.days_since(..)`, for times, `at.unix_seconds()`. SQLite
    /// does not support ranges over decimals.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let counts = Post::query().select(|p| window::count().over(|w| w.order_by(p.author_id.asc()).range(-1..=1)));
    /// assert_eq!(counts.all(db).await?, [2, 2]);
    /// # Ok(()) }) }
    /// ```
    pub fn range(self, difference: impl RangeBounds<i64>) -> Self {
        self.frame(FrameUnit::Range, &difference)
    }

    /// Sets a GROUPS frame: groups of ties, by their distance from the group of the current row. SQLite supports it, MySQL
    /// and MariaDB do not.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let counts = Post::query().select(|p| window::count().over(|w| w.order_by(p.published.asc()).groups(..=0)));
    /// assert_eq!(counts.all(db).await?, [1, 2]);
    /// # Ok(()) }) }
    /// ```
    pub fn groups(self, distance: impl RangeBounds<i64>) -> Self {
        self.frame(FrameUnit::Groups, &distance)
    }

    fn frame(mut self, unit: FrameUnit, bounds: &impl RangeBounds<i64>) -> Self {
        let start = match bounds.start_bound() {
            Bound::Included(&start) => Some(start),
            Bound::Excluded(&start) => Some(start.saturating_add(1)),
            Bound::Unbounded => None,
        };
        let end = match bounds.end_bound() {
            Bound::Included(&end) => Some(end),
            Bound::Excluded(&end) => Some(end.saturating_sub(1)),
            Bound::Unbounded => None,
        };
        self.0.frame = Some(Frame { unit, start, end });
        self
    }
}

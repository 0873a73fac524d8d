//! Aggregate expressions.

use std::fmt;
use std::marker::PhantomData;

use crate::expression::{Column, Expr};
use crate::mode::Required;
use crate::syntax::Node;

/// A value computed over the rows of a group. Aggregates are methods of a group only, so they cannot be used in a `filter`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let posts = Post::query().group_by(|p| p.author_id).having(|g| g.count().ge(2)).select(|g| g.key);
/// assert_eq!(posts.all(db).await?, [1]);
/// # Ok(()) }) }
/// ```
#[must_use = "an aggregate does nothing until a clause takes it"]
// One line: rustc shows it below `g.count() > 3`.
#[rustfmt::skip]
pub struct Aggregate<V, N = Required> { // `.eq(..)`, `.lt(..)`, `.is_false()` test it; `==`, `<`, `!` are Rust's own
    node: Node,
    _type: PhantomData<fn() -> (V, N)>,
}

impl<V, N> Clone for Aggregate<V, N> {
    fn clone(&self) -> Self {
        Aggregate::new(self.node.clone())
    }
}

impl<V, N> fmt::Debug for Aggregate<V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Aggregate").field(&self.node).finish()
    }
}

impl<V, N> Aggregate<V, N> {
    pub(crate) const fn new(node: Node) -> Self {
        Aggregate { node, _type: PhantomData }
    }

    pub(crate) fn into_node(self) -> Node {
        self.node
    }
}

/// Never implemented, so that `u.age.max()` is an error that says where aggregates belong.
#[diagnostic::on_unimplemented(
    message = "an aggregate needs a `group_by`",
    label = "aggregate outside a group",
    note = "group the rows first, `.group_by(|u| u.city).having(|g| g.max(|u| u.age).gt(18))`, or aggregate all rows: `.aggregate(|g| g.max(|u| u.age))`"
)]
pub trait OutsideGroup {}

/// Aggregates, which belong to a group or to all rows, not to a column.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let oldest = User::query().aggregate(|g| g.max(|u| u.age)).one(db).await?;
/// assert_eq!(oldest, Some(41));
/// let posts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count(), g.min(|p| p.id)));
/// assert_eq!(posts.all(db).await?, [(1, 2, Some(1))]);
/// # Ok(()) }) }
/// ```
// `Iterator` has methods of these names, too: without these, rustc would say that a column is not an iterator. They return a
// plain expression, so that no further errors follow.
impl<V, N> Column<V, N> {
    /// Not available here: `max` is a method of groups, as in `|g| g.max(..)`.
    pub fn max(self) -> Expr<V, N>
    where
        Self: OutsideGroup,
    {
        Expr::new(self.into_node())
    }

    /// Not available here: `min` is a method of groups, as in `|g| g.min(..)`.
    pub fn min(self) -> Expr<V, N>
    where
        Self: OutsideGroup,
    {
        Expr::new(self.into_node())
    }

    /// Not available here: `sum` is a method of groups, as in `|g| g.sum(..)`.
    pub fn sum(self) -> Expr<V, N>
    where
        Self: OutsideGroup,
    {
        Expr::new(self.into_node())
    }

    /// Not available here: `avg` is a method of groups, as in `|g| g.avg(..)`.
    pub fn avg(self) -> Expr<V, N>
    where
        Self: OutsideGroup,
    {
        Expr::new(self.into_node())
    }

    /// Not available here: `count` is a method of groups, as in `|g| g.count(..)`.
    pub fn count(self) -> Expr<V, N>
    where
        Self: OutsideGroup,
    {
        Expr::new(self.into_node())
    }
}

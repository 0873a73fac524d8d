//! Columns.

use std::fmt;
use std::marker::PhantomData;

use crate::expression::{Assign, Assignment};
use crate::mode::{Own, Required};
use crate::syntax::{ColumnRef, Node, Source};

/// A column of a table in a query: of type `V`, nullable or not according to its mode `N`.
///
/// Closures receive the columns as the fields of a struct: `|u| u.age.ge(18)`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn is_ann(name: Column<String>) -> Condition {
///     name.eq("Ann")
/// }
/// assert_eq!(User::query().filter(|u| is_ann(u.name)).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
// One line: rustc shows it below `u.name == "Ann"`.
#[rustfmt::skip]
pub struct Column<V, N = Required> { // `.eq(..)`, `.lt(..)`, `.is_false()` test, `.to(..)` sets; `==`, `!`, `+=` are Rust's own
    column: ColumnRef,
    _type: PhantomData<fn() -> (V, N)>,
}

impl<V, N> Clone for Column<V, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V, N> Copy for Column<V, N> {}

impl<V, N> fmt::Debug for Column<V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Column").field(&self.column.index).finish()
    }
}

impl<V, N> Column<V, N> {
    /// Returns the column at `index` of `source`.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub const fn new(source: Source, index: u16) -> Self {
        Column { column: ColumnRef::new(source, index), _type: PhantomData }
    }

    pub(crate) const fn index(self) -> u16 {
        self.column.index
    }

    #[inline]
    pub(crate) fn into_node(self) -> Node {
        Node::Column(self.column)
    }

    /// Returns the same column with another mode: nullable or not.
    pub(crate) const fn with_mode<M>(self) -> Column<V, M> {
        Column { column: self.column, _type: PhantomData }
    }

    /// Assigns a value to the column, for `set`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let update = Post::update().set(|p| (p.published.to(true), p.body.to(None))).filter(|p| p.author_id.eq(1));
    /// assert_eq!(update.execute(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn to(self, value: impl Assign<V, N>) -> Assignment
    where
        N: Own,
    {
        Assignment { column: self.column, value: value.node() }
    }
}

//! Functions placed over a window.

use std::fmt;
use std::marker::PhantomData;

use crate::expression::{Condition, Expr, Ordered};
use crate::mode::{Mode, Required};
use crate::selection::Selection;
use crate::syntax::{Item, Node, OrderBy};
use crate::value::{Cells, Fault, Value};

/// A value computed over a window: it can be selected and sorted by, not filtered by. Values computed from it are over a
/// window, too. If it is the right-hand operand, as in `p.price - window::lag(p.price, 1).over(..)`, the result is an
/// [`Expr`](crate::expression::Expr), which `select` and `order_by` take, and which elsewhere is an error before the
/// statement is sent.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window::{self, Windowed};
/// fn newest_first(p: PostFields) -> Windowed<i64> {
///     window::row_number().over(|w| w.order_by(p.id.desc()))
/// }
/// let posts = Post::query().order_by(|p| newest_first(p).asc()).select(|p| (p.title, newest_first(p)));
/// assert_eq!(posts.all(db).await?, [("Draft".to_owned(), 1), ("Hello".to_owned(), 2)]);
///
/// // The share of each author, in percent, and how far in it is.
/// let shares = Post::query().group_by(|p| p.author_id).select(|g| {
///     let all = window::sum(g.count()).over(|w| w);
///     (g.key, g.count() * 100 / all.clone(), (all - g.count()).coalesce(0))
/// });
/// assert_eq!(shares.all(db).await?, [(1, Some(100), 0)]);
/// # Ok(()) }) }
/// ```
#[must_use = "a value over a window does nothing until a clause takes it"]
pub struct Windowed<V, N = Required> {
    node: Node,
    _type: PhantomData<fn() -> (V, N)>,
}

impl<V, N> Clone for Windowed<V, N> {
    fn clone(&self) -> Self {
        Windowed::new(self.node.clone())
    }
}

impl<V, N> fmt::Debug for Windowed<V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Windowed").field(&self.node).finish()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value, N: Mode> Selection for Windowed<V, N> {
    type Output = N::Of<V>;

    fn push(self, items: &mut Vec<Item>) {
        items.push(Item::Node(self.node));
    }

    #[inline]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self::Output, Fault> {
        N::read_value::<V>(cells)
    }
}

/// Never implemented, so that a condition on a window is an error that says where it belongs.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let numbered = Post::query().select(|p| (p.title, window::row_number().over(|w| w.order_by(p.id.desc()))));
/// let newest = numbered.into_query().filter(|(_, place)| place.eq(1)).select(|(title, _)| title);
/// assert_eq!(newest.all(db).await?, ["Draft"]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a window function cannot be used in a filter",
    label = "windows are computed after the filter",
    note = "select it first, then filter the derived table: `.select(|u| (u, ..)).into_query().filter(|(_, place)| ..)`",
    note = "in a selection, such as a `case`, compare it as an expression: `case().when(place.into_expr().gt(1), ..)`"
)]
pub trait BeforeWindows {
    /// The other side of the comparison.
    type Operand;
}

macro_rules! refused {
    ($($name:ident($($argument:ident),*))*) => { $(
        #[doc = concat!("Not available here: rows cannot be filtered by a window, so there is no `", stringify!($name), "`; [`BeforeWindows`] shows the way.")]
        #[allow(clippy::wrong_self_convention, clippy::should_implement_trait, reason = "named as on a column")]
        pub fn $name(self, $($argument: <Self as BeforeWindows>::Operand),*) -> Condition
        where
            Self: BeforeWindows,
        {
            $(let _ = $argument;)*
            Condition(self.node)
        }
    )* };
}

impl<V, N> Windowed<V, N> {
    pub(crate) const fn new(node: Node) -> Self {
        Windowed { node, _type: PhantomData }
    }

    pub(crate) fn into_node(self) -> Node {
        self.node
    }

    refused! {
        eq(value) ne(value) lt(value) le(value) gt(value) ge(value) same_as(value) between(low, high)
        is_in(values) not_in(values) is_null() is_not_null() is_true() is_false() like(pattern)
    }
}

impl<V: Value, N> Windowed<V, N> {
    /// Makes an expression of it, for a condition in a `case` that is selected or sorted by. Anywhere else, it is an error
    /// before the statement is sent.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let steps = Post::query().select(|p| {
    ///     let before = window::lag(p.id, 1).over(|w| w.order_by(p.id.asc())).into_expr();
    ///     case::<String>().when(before.is_null(), "the first").otherwise("a later one")
    /// });
    /// assert_eq!(steps.all(db).await?, ["the first", "a later one"]);
    /// # Ok(()) }) }
    /// ```
    pub fn into_expr(self) -> Expr<V, N> {
        Expr::new(self.node)
    }
}

/// Sort orders.
impl<V: Value, N> Windowed<V, N> {
    /// Sorts in ascending order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let posts = Post::query().order_by(|p| window::rank().over(|w| w.order_by(p.title.asc())).asc());
    /// assert_eq!(posts.select(|p| p.title).all(db).await?, ["Draft", "Hello"]);
    /// # Ok(()) }) }
    /// ```
    pub fn asc(self) -> Ordered {
        Ordered(OrderBy { node: self.node, descending: false, kind: V::KIND, nulls_first: None })
    }

    /// Sorts in descending order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let posts = Post::query().order_by(|p| window::rank().over(|w| w.order_by(p.title.asc())).desc());
    /// assert_eq!(posts.select(|p| p.title).all(db).await?, ["Hello", "Draft"]);
    /// # Ok(()) }) }
    /// ```
    pub fn desc(self) -> Ordered {
        Ordered(OrderBy { node: self.node, descending: true, kind: V::KIND, nulls_first: None })
    }
}

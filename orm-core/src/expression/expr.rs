//! Computed values.

use std::fmt;
use std::marker::PhantomData;

use crate::expression::{Aggregate, Column};
use crate::mode::{Mode, Required};
use crate::syntax::Node;
use crate::value::Value;

/// A value computed by the server: of type `V`, nullable or not according to its mode `N`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let next = User::query().order_by(|u| u.id.asc()).select(|u| (u.name, u.age.add(1)));
/// assert_eq!(next.all(db).await?, [("Ann".to_owned(), Some(42)), ("Bob".to_owned(), None)]);
/// # Ok(()) }) }
/// ```
#[must_use = "an expression does nothing until a clause takes it"]
// One line: rustc shows it below `u.posts().count() > 3`.
#[rustfmt::skip]
pub struct Expr<V, N = Required> { // `.eq(..)`, `.lt(..)`, `.is_false()` test it; `==`, `<`, `!` are Rust's own
    node: Node,
    _type: PhantomData<fn() -> (V, N)>,
}

impl<V, N> Clone for Expr<V, N> {
    fn clone(&self) -> Self {
        Expr::new(self.node.clone())
    }
}

impl<V, N> fmt::Debug for Expr<V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expr").field(&self.node).finish()
    }
}

impl<V, N> Expr<V, N> {
    pub(crate) const fn new(node: Node) -> Self {
        Expr { node, _type: PhantomData }
    }

    pub(crate) fn into_node(self) -> Node {
        self.node
    }
}

/// A column, expression or aggregate: anything that has a value.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{Expr, Expression};
///
/// /// The bytes of any expression: a column, an aggregate, a computed value.
/// fn hex(of: impl Expression) -> Expr<String, Nullable> {
///     orm::function("hex", (of,))
/// }
/// assert_eq!(User::find(1).select(|u| hex(u.name.lower())).one(db).await?.as_deref(), Some("616E6E"));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column or expression",
    label = "expected a column or an expression"
)]
pub trait Expression {
    /// The type of its value.
    type Value: Value;
    /// Whether it can be NULL.
    type Null: Mode;

    #[doc(hidden)]
    fn into_node(self) -> Node;
}

macro_rules! expressions {
    ($($ty:ident)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<V: Value, N: Mode> Expression for $ty<V, N> {
            type Value = V;
            type Null = N;

            fn into_node(self) -> Node {
                $ty::into_node(self)
            }
        }
    )* };
}
expressions!(Column Expr Aggregate);

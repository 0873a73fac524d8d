//! Raw SQL fragments inside typed queries.

use super::{Param, build};
use crate::expression::{Aggregate, Column, Condition, Expr};
use crate::mode::Nullable;
use crate::syntax::{Fragment, Node, Piece};
use crate::value::{Kind, Value};

/// The type of a `fragment!`: a value type, an `Option` of one if it may be NULL, or a [`Condition`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let letter = "A";
/// let hexes: Vec<(String, Option<i64>)> = User::query()
///     .filter(|u| fragment!(Condition, "substr({u.name}, 1, 1) = {letter}"))
///     .select(|u| (fragment!(String, "hex({u.name})"), fragment!(Option<i64>, "nullif({u.age}, 0)")))
///     .all(db)
///     .await?;
/// assert_eq!(hexes, [("416E6E".to_owned(), Some(41))]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a fragment cannot be of type `{Self}`",
    label = "not a value, an `Option` of one or a `Condition`",
    note = "use a column type, an `Option<..>` of one if it may be NULL, or `Condition`"
)]
pub trait FragmentType {
    /// The typed expression.
    type Output;

    #[doc(hidden)]
    fn wrap(pieces: Vec<Piece>) -> Self::Output;
}

#[diagnostic::do_not_recommend]
impl<V: Value> FragmentType for Option<V> {
    type Output = Expr<V, Nullable>;

    fn wrap(pieces: Vec<Piece>) -> Self::Output {
        build::expression(pieces)
    }
}

#[diagnostic::do_not_recommend]
impl FragmentType for Condition {
    type Output = Condition;

    fn wrap(pieces: Vec<Piece>) -> Self::Output {
        Condition(Node::Raw(Box::new(Fragment { kind: Kind::Boolean, pieces })))
    }
}

/// What can be in the braces of a `fragment!`: a column, an expression or a condition, which is rendered, or a value,
/// which becomes a bind parameter.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let more = 2;
/// let sums = User::find(1).select(|u| fragment!(Option<i64>, "{u.age} + {more}")); // a column and a value
/// assert_eq!(sums.one(db).await?, Some(43));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither an expression nor a value",
    label = "something in here is not a column, an expression, a condition or a value",
    note = "in braces, use columns of the query's tables, expressions of them, or values of column types"
)]
pub trait FragmentPart {
    #[doc(hidden)]
    fn node(&self) -> Node;
}

#[diagnostic::do_not_recommend]
impl<P: Param + ?Sized> FragmentPart for P {
    fn node(&self) -> Node {
        Node::Value(self.datum())
    }
}

#[diagnostic::do_not_recommend]
impl<V, N> FragmentPart for Column<V, N> {
    fn node(&self) -> Node {
        self.into_node()
    }
}

#[diagnostic::do_not_recommend]
impl<V, N> FragmentPart for Expr<V, N> {
    fn node(&self) -> Node {
        self.clone().into_node()
    }
}

#[diagnostic::do_not_recommend]
impl<V, N> FragmentPart for Aggregate<V, N> {
    fn node(&self) -> Node {
        self.clone().into_node()
    }
}

#[diagnostic::do_not_recommend]
impl FragmentPart for Condition {
    fn node(&self) -> Node {
        self.0.clone()
    }
}

//! Functions that the macros call.

use std::borrow::Cow;

use super::sql;
use super::{FragmentPart, Param, ParamList, Sql};
use crate::expression::{Column, Expr};
use crate::mode::Required;
use crate::model::Model;
use crate::syntax::{Fragment, Node, Piece, Source};
use crate::value::Value;

/// Creates a statement.
pub fn statement<const N: usize>(pieces: [Piece; N]) -> Sql {
    Sql { pieces: pieces.into(), error: None }
}

/// Creates an expression of type `V`.
pub fn expression<V: Value, N>(pieces: Vec<Piece>) -> Expr<V, N> {
    Expr::new(Node::Raw(Box::new(Fragment { kind: V::KIND, pieces })))
}

/// Literal SQL text.
#[must_use]
pub const fn text(text: &'static str) -> Piece {
    Piece::Text(Cow::Borrowed(text))
}

/// A bind parameter of a statement.
pub fn value<V: Param + ?Sized>(value: &V) -> Piece {
    sql::value(value.datum())
}

/// A part of an expression.
pub fn part<P: FragmentPart + ?Sized>(part: &P) -> Piece {
    Piece::Node(part.node())
}

/// A list of bind parameters.
pub fn list<L: ParamList + ?Sized>(list: &L) -> Piece {
    Piece::List(list.data())
}

/// The name of a model's table.
#[must_use]
pub fn table<T: Model>() -> Piece {
    Piece::Table(T::table())
}

/// The name of a field's column.
pub fn column<T: Model, V, N>(field: impl FnOnce(T::Fields<Required>) -> Column<V, N>) -> Piece {
    Piece::Column(T::table(), field(T::fields(Source::table(0))).index())
}

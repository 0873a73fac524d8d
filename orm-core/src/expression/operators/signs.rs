//! The operators `+`, `-`, `*`, `/`, `%` and unary minus: the methods of [`arithmetic`](super::arithmetic) as Rust
//! operators.

use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

use rust_decimal::Decimal;

use crate::expression::{Aggregate, Column, Expr, Term};
use crate::mode::{Mode, Nullable, Required};
use crate::syntax::{Function, Node, Operator};
use crate::value::{Kind, Numeric, Value};
use crate::window::Windowed;

/// The right-hand side of `+`, `-`, `*`, `/` and `%` when the left-hand side is a number of type `V`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Expr;
/// use orm::rules::Arithmetic;
///
/// fn next_to(id: Column<u64>, other: impl Arithmetic<u64, Null = Required>) -> Expr<u64> {
///     id + other + 1
/// }
/// assert_eq!(Post::find(1).select(|p| next_to(p.id, p.author_id)).one(db).await?, 3);
/// # Ok(()) }) }
/// ```
// The right-hand side requires `V` to be a number: if the left-hand side did, rustc would only say of `u.name + 1` that
// there is no such operator. For a right-hand side of another type, `Term` has the message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of type `{V}`",
    label = "expected a value, column or expression of type `{V}`",
    note = "convert a column or an expression with `.cast::<{V}>()`"
)]
pub trait Arithmetic<V>: Term<V> {}

impl<V: Numeric, T: Term<V>> Arithmetic<V> for T {}

macro_rules! signs {
    ($ty:ident -> $result:ident: $($trait:ident<N $(: $bound:ident)?> $method:ident $node:ident -> $mode:ty;)*) => { $(
        impl<V: Value, N $(: $bound)?, T: Arithmetic<V>> $trait<T> for $ty<V, N> {
            type Output = $result<V, $mode>;

            fn $method(self, value: T) -> Self::Output {
                $result::new($node(self.into_node(), V::KIND, value.node()))
            }
        }
    )* };
}

macro_rules! expressions {
    ($($ty:ident -> $result:ident),*) => { $(
        signs! { $ty -> $result:
            Add<N: Mode> add sum -> N::With<T::Null>;
            Sub<N: Mode> sub difference -> N::With<T::Null>;
            Mul<N: Mode> mul product -> N::With<T::Null>;
            Div<N> div quotient -> Nullable;
            Rem<N> rem remainder -> Nullable;
        }

        impl<V: Numeric, N> Neg for $ty<V, N> {
            type Output = $result<V, N>;

            fn neg(self) -> $result<V, N> {
                $result::new(Node::call(Function::Negate, V::KIND, vec![self.into_node()]))
            }
        }
    )* };
}
expressions!(Column -> Expr, Expr -> Expr, Aggregate -> Expr, Windowed -> Windowed);

/// Operators with a number on the left-hand side: `100 - u.age`.
macro_rules! at_the_left {
    ($number:ty as $value:ty: $($ty:ident -> $result:ident),*) => { $(
        at_the_left! { $number as $value, $ty -> $result:
            Add add sum -> <Required as Mode>::With<N>;
            Sub sub difference -> <Required as Mode>::With<N>;
            Mul mul product -> <Required as Mode>::With<N>;
            Div div quotient -> Nullable;
            Rem rem remainder -> Nullable;
        }
    )* };
    ($number:ty as $value:ty, $ty:ident -> $result:ident: $($trait:ident $method:ident $node:ident -> $mode:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<N: Mode> $trait<$ty<$value, N>> for $number {
            type Output = $result<$value, $mode>;

            fn $method(self, value: $ty<$value, N>) -> Self::Output {
                let left = Node::Value(<$value>::from(self).into_datum());
                $result::new($node(left, <$value as Value>::KIND, value.into_node()))
            }
        }
    )* };
}

macro_rules! numbers {
    ($($number:ty as $value:ty,)*) => { $(
        at_the_left!($number as $value: Column -> Expr, Expr -> Expr, Aggregate -> Expr, Windowed -> Windowed);
    )* };
}
numbers! {
    i8 as i8,
    i16 as i16,
    i32 as i32,
    i64 as i64,
    u8 as u8,
    u16 as u16,
    u32 as u32,
    u64 as u64,
    f32 as f32,
    f64 as f64,
    Decimal as Decimal,
    i32 as Decimal,
}

fn sum(left: Node, kind: Kind, right: Node) -> Node {
    Node::binary(left, Operator::Add(kind), right)
}

fn difference(left: Node, kind: Kind, right: Node) -> Node {
    Node::binary(left, Operator::Subtract(kind), right)
}

fn product(left: Node, kind: Kind, right: Node) -> Node {
    Node::binary(left, Operator::Multiply(kind), right)
}

fn quotient(left: Node, kind: Kind, right: Node) -> Node {
    Node::binary(left, Operator::Divide(kind), right)
}

fn remainder(left: Node, kind: Kind, right: Node) -> Node {
    Node::call(Function::Remainder, kind, vec![left, right])
}

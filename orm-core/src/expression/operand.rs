//! The operands of comparisons and computations with a column of type `V`.

use rust_decimal::Decimal;

use crate::expression::{Aggregate, Assign, Column, Expr};
use crate::mode::{Mode, Required};
use crate::syntax::Node;
use crate::value::{Datum, Value};
use crate::window::Windowed;

/// The right-hand side of a comparison with a `V` column: a value, a column or an expression of that type.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let name = String::from("Ann");
/// let found = User::query().filter(|u| u.name.eq(&name).and(u.name.ne(u.email)).and(u.age.add(1).eq(42)));
/// assert_eq!(found.count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column of type `{V}` cannot be compared with `{Self}`",
    label = "expected `{V}`",
    note = "for NULL, use `.is_null()`; for an `Option`, `.same_as(..)`; for a value of another type, convert with `.cast::<..>()`, a part of JSON with `.text()`; for a query, `.scalar()`"
)]
pub trait Operand<V> {
    /// Whether it can be NULL.
    type Null: Mode;

    /// Returns the expression.
    #[doc(hidden)]
    fn node(self) -> Node;
}

/// An [`Operand`] of a computation: of `add`, `concat`, `coalesce` and others.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name.concat(": ").concat(u.email));
/// assert_eq!(names.first(db).await?.as_deref(), Some("Ann: ann@example.org"));
/// # Ok(()) }) }
/// ```
// A separate trait, so that compiler errors do not mention a comparison.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of type `{V}`",
    label = "expected a value, column or expression of type `{V}`",
    note = "convert a column or an expression with `.cast::<{V}>()`"
)]
pub trait Term<V> {
    /// Whether it can be NULL.
    type Null: Mode;

    /// Returns the expression.
    #[doc(hidden)]
    fn node(self) -> Node;
}

#[diagnostic::do_not_recommend]
impl<V, T: Operand<V>> Term<V> for T {
    type Null = T::Null;

    #[inline]
    fn node(self) -> Node {
        Operand::node(self)
    }
}

macro_rules! expressions {
    ($($ty:ident)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<V: Value, N: Mode> Operand<V> for $ty<V, N> {
            type Null = N;

            #[inline]
            fn node(self) -> Node {
                self.into_node()
            }
        }
        #[diagnostic::do_not_recommend]
        impl<V: Value, N: Mode> Operand<V> for &$ty<V, N> {
            type Null = N;

            #[inline]
            fn node(self) -> Node {
                self.clone().into_node()
            }
        }
    )* };
}
expressions!(Column Expr Aggregate);

/// A comparison with a value over a window, and a computation with one, is over a window itself: `select` and `order_by`
/// take it; in a condition that filters rows, it is an error before the statement is sent.
#[diagnostic::do_not_recommend]
impl<V: Value, N: Mode> Operand<V> for Windowed<V, N> {
    type Null = N;

    #[inline]
    fn node(self) -> Node {
        self.into_node()
    }
}

/// Implements the operand traits for a value type. Used for the built-in types and by `#[derive(Value)]`.
///
/// The impls for references are more than a convenience: with a single impl, rustc would name it in every message.
#[doc(hidden)]
#[macro_export]
macro_rules! __operands {
    ($($ty:ty),* $(,)?) => { $(
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl $crate::expression::Operand<$ty> for $ty {
            type Null = $crate::Required;
            #[inline]
            fn node(self) -> $crate::syntax::Node {
                $crate::syntax::Node::Value($crate::value::Value::into_datum(self))
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl $crate::raw::Param for $ty {
            fn datum(&self) -> $crate::value::Datum {
                $crate::value::Value::to_datum(self)
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl $crate::raw::FragmentType for $ty {
            type Output = $crate::expression::Expr<$ty>;
            fn wrap(pieces: ::std::vec::Vec<$crate::syntax::Piece>) -> Self::Output {
                $crate::raw::build::expression(pieces)
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl $crate::expression::Operand<$ty> for &$ty {
            type Null = $crate::Required;
            #[inline]
            fn node(self) -> $crate::syntax::Node {
                $crate::syntax::Node::Value($crate::value::Value::to_datum(self))
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__N> $crate::expression::Assign<$ty, __N> for $ty {
            #[inline]
            fn node(self) -> $crate::syntax::Node {
                $crate::syntax::Node::Value($crate::value::Value::into_datum(self))
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__N> $crate::expression::Assign<$ty, __N> for &$ty {
            #[inline]
            fn node(self) -> $crate::syntax::Node {
                $crate::syntax::Node::Value($crate::value::Value::to_datum(self))
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl $crate::expression::Assign<$ty, $crate::Nullable> for ::core::option::Option<$ty> {
            #[inline]
            fn node(self) -> $crate::syntax::Node {
                $crate::syntax::Node::Value(match self {
                    ::core::option::Option::Some(value) => $crate::value::Value::into_datum(value),
                    ::core::option::Option::None => $crate::value::Datum::Null,
                })
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl $crate::expression::Assign<$ty, $crate::Nullable> for &::core::option::Option<$ty> {
            #[inline]
            fn node(self) -> $crate::syntax::Node {
                $crate::syntax::Node::Value(match self {
                    ::core::option::Option::Some(value) => $crate::value::Value::to_datum(value),
                    ::core::option::Option::None => $crate::value::Datum::Null,
                })
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl $crate::expression::KeyValue<$ty> for $ty {
            #[inline]
            fn push_key(self, nodes: &mut ::std::vec::Vec<$crate::syntax::Node>) {
                nodes.push($crate::syntax::Node::Value($crate::value::Value::into_datum(self)));
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl $crate::expression::KeyValue<$ty> for &$ty {
            #[inline]
            fn push_key(self, nodes: &mut ::std::vec::Vec<$crate::syntax::Node>) {
                nodes.push($crate::syntax::Node::Value($crate::value::Value::to_datum(self)));
            }
        }
    )* };
}

/// Implements the operand traits for a type whose [`Value`] is implemented by hand, so that it can be used like the built-in
/// types: assigned to a column, compared with one, as a key, as a value in raw SQL. `#[derive(Value)]` does this by itself.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::value::{Cell, Datum, Kind, Mismatch, Value};
///
/// /// Words, stored as text separated by commas.
/// #[derive(Debug, PartialEq)]
/// struct Tags(Vec<String>);
///
/// impl Value for Tags {
///     const KIND: Kind = Kind::Text;
///
///     fn to_datum(&self) -> Datum {
///         Datum::Text(self.0.join(",").into())
///     }
///
///     fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
///         let text = String::from_cell(cell)?;
///         Ok(Tags(text.split(',').filter(|tag| !tag.is_empty()).map(str::to_owned).collect()))
///     }
/// }
/// orm::operands!(Tags);
///
/// #[derive(Model)]
/// struct Photo {
///     #[orm(primary_key, auto)]
///     id: u64,
///     tags: Tags,
/// }
/// # db.create_tables::<Photo>().await?;
/// let tags = || Tags(vec!["sea".to_owned(), "sky".to_owned()]);
/// Photo::insert().tags(tags()).execute(db).await?;
/// let photo = Photo::query().filter(|p| p.tags.eq(tags())).one(db).await?;
/// assert_eq!((photo.id, photo.tags), (1, tags()));
/// # Ok(()) }) }
/// ```
#[macro_export]
macro_rules! operands {
    ($($ty:ty),* $(,)?) => { $crate::__operands!($($ty),*); };
}

__operands!(
    bool,
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
    String,
    Vec<u8>,
    chrono::DateTime<chrono::Utc>,
    chrono::NaiveDateTime,
    chrono::NaiveDate,
    chrono::NaiveTime,
    rust_decimal::Decimal,
    uuid::Uuid,
    serde_json::Value,
);

#[diagnostic::do_not_recommend]
impl Operand<String> for &str {
    type Null = Required;

    #[inline]
    fn node(self) -> Node {
        Node::Value(Datum::Text(self.into()))
    }
}

#[diagnostic::do_not_recommend]
impl Operand<String> for &&str {
    type Null = Required;

    #[inline]
    fn node(self) -> Node {
        Node::Value(Datum::Text((*self).into()))
    }
}

#[diagnostic::do_not_recommend]
impl Operand<Vec<u8>> for &[u8] {
    type Null = Required;

    #[inline]
    fn node(self) -> Node {
        Node::Value(self.to_vec().into_datum())
    }
}

/// For byte string literals, `b"…"`.
#[diagnostic::do_not_recommend]
impl<const LENGTH: usize> Operand<Vec<u8>> for &[u8; LENGTH] {
    type Null = Required;

    #[inline]
    fn node(self) -> Node {
        Node::Value(self.to_vec().into_datum())
    }
}

/// Integers are accepted for decimals: `price.gt(0)`, `price * 2`. Only `i32`, so that the compiler can infer the type of a
/// literal.
#[diagnostic::do_not_recommend]
impl Operand<Decimal> for i32 {
    type Null = Required;

    #[inline]
    fn node(self) -> Node {
        Node::Value(Decimal::from(self).into_datum())
    }
}

#[diagnostic::do_not_recommend]
impl<N> Assign<Decimal, N> for i32 {
    #[inline]
    fn node(self) -> Node {
        Node::Value(Decimal::from(self).into_datum())
    }
}

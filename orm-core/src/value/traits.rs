//! The traits of values.

use super::{Cell, Datum, Kind, Mismatch};

/// A Rust type that one column can store.
///
/// Implemented for `bool`, every integer up to 64 bits, `f32`, `f64`, `String`, `Vec<u8>`, chrono's dates and times,
/// `Decimal`, `Uuid` and `serde_json::Value`. For a newtype or an enum of your own, derive it:
///
/// ```
/// use orm::prelude::*;
/// #[derive(Value, Debug, Clone, Copy, PartialEq)]
/// struct UserId(u64);
///
/// assert_eq!(UserId::KIND, u64::KIND);
/// ```
///
/// A nullable column is an `Option` of such a type; that is no value of its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a column",
    label = "no column type for this",
    note = "use a supported type, `#[orm(json)]`, or `#[derive(Value)]` on a newtype or enum of your own; what other models hold is a relation, such as `has_many`"
)]
pub trait Value: Sized + Send + Sync + 'static {
    /// How the value is stored.
    ///
    /// ```
    /// use orm::value::{Kind, Value};
    /// assert_eq!(<u64 as Value>::KIND, Kind::UnsignedBigInt);
    /// ```
    const KIND: Kind;

    /// The value as something to bind.
    ///
    /// ```
    /// use orm::value::{Datum, Value};
    /// assert_eq!("Ann".to_owned().to_datum(), Datum::Text("Ann".to_owned()));
    /// ```
    fn to_datum(&self) -> Datum;

    /// The same of a value that is not needed any more, whose memory may go along.
    ///
    /// ```
    /// use orm::value::{Datum, Value};
    /// assert_eq!("Ann".to_owned().into_datum(), Datum::Text("Ann".to_owned()));
    /// ```
    fn into_datum(self) -> Datum {
        self.to_datum()
    }

    /// The value read from a cell.
    ///
    /// ```
    /// use orm::value::{Cell, Value};
    /// assert_eq!(i32::from_cell(&mut Cell::Int(18)).unwrap(), 18);
    /// assert!(u8::from_cell(&mut Cell::Int(300)).unwrap_err().is_range());
    /// ```
    ///
    /// # Errors
    /// If the cell is NULL, of another class, out of range, or would lose something.
    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch>;
}

/// A value that can be added and multiplied.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Expr;
/// use orm::value::Numeric;
///
/// /// For a column of any kind of number.
/// fn twice<V: Numeric>(column: Column<V>) -> Expr<V> {
///     column.add(column)
/// }
/// assert_eq!(User::find(1).select(|u| twice(u.id)).one(db).await?, 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number",
    label = "arithmetic needs a number column",
    note = "convert the column first, or compute the value in Rust"
)]
pub trait Numeric: Value {}

/// A value that is text.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::value::Textual;
///
/// /// For a column of texts, also of a newtype that stores one.
/// fn is_shouted<V: Textual>(column: Column<V>) -> Condition {
///     column.ends_with("!")
/// }
/// assert_eq!(Post::query().filter(|p| is_shouted(p.title)).count(db).await?, 0);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text type",
    label = "text operators need a text column"
)]
pub trait Textual: Value {}

/// A value whose sum has a type of its own.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column has no sum",
    label = "`sum` needs a number column"
)]
pub trait Summed: Value {
    /// The type of a sum: 64 bits for integers, so that it rarely overflows; if it does, that is an error.
    type Sum: Value;
}

/// A value that has an average.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column has no average",
    label = "`avg` needs a number column"
)]
pub trait Averaged: Value {
    /// The type of an average.
    type Average: Value;
}

/// A value that has a year.
#[diagnostic::on_unimplemented(message = "a `{Self}` column is no date", label = "only dates have a year")]
pub trait Dated: Value {}

/// A whole number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a whole number",
    label = "operations on bits need an integer column"
)]
pub trait Whole: Numeric {}

/// A number with digits after the point.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no digits after the point",
    label = "rounding needs a float or a decimal column"
)]
pub trait Fractional: Numeric {}

/// A date with a time of day.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column has no time of day",
    label = "not a date and time"
)]
pub trait Timed: Dated {}

//! The traits of column values.

use super::{Cell, Datum, Kind, Mismatch};

/// A Rust type that one column can store.
///
/// Implemented for `bool`, every integer up to 64 bits, `f32`, `f64`, `String`, `Vec<u8>`, chrono's dates and times,
/// `Decimal`, `Uuid` and `serde_json::Value`; with the features `jiff` and `time`, for the dates and times of these crates. For a newtype or an enum of your own, derive it:
///
/// ```
/// use orm::prelude::*;
/// #[derive(Value, Debug, Clone, Copy, PartialEq)]
/// struct UserId(u64);
///
/// assert_eq!(UserId::KIND, u64::KIND);
/// ```
///
/// To store a type in another form, implement `Value` by hand; `orm::operands!(Tags)` then lets it be assigned and compared
/// like the other types: see [`operands!`](macro@crate::operands).
///
/// A nullable column is an `Option` of such a type, which is not a `Value` itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a column",
    label = "no column type for this",
    note = "use a supported type (features: jiff, time), `#[orm(json)]`, or `#[derive(Value)]` on your own newtype or enum; `#[orm(embed)]` for several columns; a relation for rows of other models"
)]
pub trait Value: Sized + Send + Sync + 'static {
    /// How the value is stored.
    ///
    /// ```
    /// use orm::value::{Kind, Value};
    /// assert_eq!(<u64 as Value>::KIND, Kind::UnsignedBigInt);
    /// ```
    const KIND: Kind;

    /// Converts the value to a bind parameter.
    ///
    /// ```
    /// use orm::value::{Datum, Value};
    /// assert_eq!("Ann".to_owned().to_datum(), Datum::Text("Ann".into()));
    /// ```
    fn to_datum(&self) -> Datum;

    /// Does the same for a value that is no longer needed, whose memory may be reused.
    ///
    /// ```
    /// use orm::value::{Datum, Value};
    /// assert_eq!("Ann".to_owned().into_datum(), Datum::Text("Ann".into()));
    /// ```
    fn into_datum(self) -> Datum {
        self.to_datum()
    }

    /// Reads the value from a cell.
    ///
    /// ```
    /// use orm::value::{Cell, Value};
    /// assert_eq!(i32::from_cell(&mut Cell::Int(18)).unwrap(), 18);
    /// assert!(u8::from_cell(&mut Cell::Int(300)).unwrap_err().is_range());
    /// ```
    ///
    /// # Errors
    /// If the cell is NULL, of another class, out of range, or cannot be converted without loss.
    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch>;
}

/// A type of number, for arithmetic.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Expr;
/// use orm::value::Numeric;
///
/// /// Takes a column of any type of number.
/// fn twice<V: Numeric>(column: Column<V>) -> Expr<V> {
///     column.add(column)
/// }
/// assert_eq!(User::find(1).select(|u| twice(u.id)).one(db).await?, 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number",
    label = "arithmetic needs a number column",
    note = "`.concat(..)` joins texts, `.add_days(..)` and `.days_since(..)` compute with dates, `.cast::<i64>()` converts a column; for your own newtype, write `impl orm::value::Numeric for Cents {{}}`"
)]
pub trait Numeric: Value {}

/// A type of text.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::value::Textual;
///
/// /// Takes a column of text, including newtypes.
/// fn is_shouted<V: Textual>(column: Column<V>) -> Condition {
///     column.ends_with("!")
/// }
/// assert_eq!(Post::query().filter(|p| is_shouted(p.title)).count(db).await?, 0);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text type",
    label = "text operators need a text column",
    note = "for your own newtype around a text, write `impl orm::value::Textual for Sku {{}}`"
)]
pub trait Textual: Value {}

/// A type of text or bytes.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::value::Lengthy;
///
/// /// Takes a column of text or bytes, including newtypes.
/// fn is_large<V: Lengthy>(column: Column<V>) -> Condition {
///     column.byte_length().gt(1_000_000)
/// }
/// assert_eq!(Post::query().filter(|p| is_large(p.title)).count(db).await?, 0);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length",
    label = "only text and bytes have a length",
    note = "for your own newtype around text or bytes, write `impl orm::value::Lengthy for Photo {{}}`"
)]
pub trait Lengthy: Value {}

/// A type whose values can be summed.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::value::Summed;
/// let years: Option<<i32 as Summed>::Sum> = User::query().aggregate(|g| g.sum(|u| u.age)).one(db).await?;
/// assert_eq!(years, Some(41_i64)); // 64 bits for a 32-bit column
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be summed",
    label = "`sum` needs a number column",
    note = "for your own newtype around a number, write `impl orm::value::Summed for Cents {{ type Sum = Cents; }}`"
)]
pub trait Summed: Value {
    /// The type of the sum: 64 bits for integers, so that it rarely overflows; an overflow is an error.
    type Sum: Value;
}

/// A type whose values can be averaged.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::value::Averaged;
/// let age: Option<<i32 as Averaged>::Average> = User::query().aggregate(|g| g.avg(|u| u.age)).one(db).await?;
/// assert_eq!(age, Some(41.0_f64)); // a `Decimal` for a `Decimal` column
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` has no average",
    label = "`avg` needs a number column"
)]
pub trait Averaged: Value {
    /// The type of the average.
    type Average: Value;
}

/// A type of date, with or without a time of day.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Expr;
/// use orm::value::Dated;
///
/// /// Takes a date, with or without a time of day.
/// fn is_winter<V: Dated>(at: Expr<V>) -> Condition {
///     at.month().is_in([12, 1, 2])
/// }
/// let day = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
/// let found = User::query().filter(|_| is_winter(value(day))).count(db).await?;
/// assert_eq!(found, 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` is not a date",
    label = "only dates have a year"
)]
pub trait Dated: Value {
    /// The type of a date without a time of day: `NaiveDate` for chrono's types.
    ///
    /// ```
    /// use chrono::{DateTime, NaiveDate, Utc};
    /// use orm::value::Dated;
    ///
    /// let day: <DateTime<Utc> as Dated>::Day = NaiveDate::MIN;
    /// # let _ = day;
    /// ```
    type Day: Value;
}

/// A type of integer.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Expr;
/// use orm::value::Whole;
///
/// /// Half of an integer of any size, truncated.
/// fn half<V: Whole>(number: Expr<V>) -> Expr<V> {
///     number.shift_right(1)
/// }
/// assert_eq!(User::find(1).select(|_| half(value(41_i64))).one(db).await?, 20);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a whole number",
    label = "bitwise operations need an integer column"
)]
pub trait Whole: Numeric {}

/// A type of number with a fraction.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Expr;
/// use orm::value::Fractional;
///
/// /// Takes floats and decimals; integers do not compile.
/// fn to_cents<V: Fractional>(price: Expr<V>) -> Expr<V> {
///     price.round(2)
/// }
/// let price = User::find(1).select(|_| to_cents(value(1.23456_f64)));
/// assert_eq!(price.one(db).await?, 1.23);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no decimal places",
    label = "rounding needs a float or a decimal column"
)]
pub trait Fractional: Numeric {}

/// A type of date with a time of day.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Expr;
/// use orm::value::Timed;
///
/// /// Dates without a time do not compile.
/// fn is_morning<V: Timed>(at: Expr<V>) -> Condition {
///     at.hour().lt(12)
/// }
/// let at = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap().and_hms_opt(9, 30, 0).unwrap();
/// assert!(User::query().filter(|_| is_morning(value(at))).exists(db).await?);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` has no time of day",
    label = "not a date and time"
)]
pub trait Timed: Dated {}

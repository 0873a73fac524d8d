//! Values as drivers bind them.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use compact_str::CompactString;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Cell, ClockCell, DateCell};

/// The value of a bind parameter: the closed set of types that every driver supports.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::value::Datum;
/// let statement = User::query().filter(|u| u.name.eq("Ann").and(u.age.ge(18))).to_sql(db.dialect())?;
/// assert_eq!(statement.params, [Datum::Text("Ann".into()), Datum::Int(18)]);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Datum {
    /// SQL NULL.
    Null,
    /// True or false.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    UInt(u64),
    /// A 32-bit float.
    Float(f32),
    /// A 64-bit float.
    Double(f64),
    /// Text, made of a `&str` or `String` with `into()`. Up to 24 bytes are stored in place, without an allocation.
    Text(CompactString),
    /// Bytes.
    Blob(Vec<u8>),
    /// A date.
    Date(NaiveDate),
    /// A time of day.
    Clock(NaiveTime),
    /// A date and time; in UTC if the column is in UTC.
    Timestamp(NaiveDateTime),
    /// An exact decimal number.
    Exact(Decimal),
    /// A UUID.
    Guid(Uuid),
    /// A JSON document as text.
    JsonText(String),
    /// A value that cannot be stored, and why: an error when the statement is rendered.
    Unwritable(Box<str>),
}

impl Datum {
    /// Returns whether this is NULL.
    ///
    /// ```
    /// use orm::value::Datum;
    /// assert!(Datum::Null.is_null());
    /// assert!(!Datum::Int(0).is_null());
    /// ```
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Datum::Null)
    }

    /// Returns the approximate size in a packet, in bytes: used to keep statements below the server's limit.
    ///
    /// ```
    /// use orm::value::Datum;
    /// assert_eq!(Datum::Int(1).size(), 12);
    /// assert_eq!(Datum::Text("x".repeat(1_000).into()).size(), 1_009);
    /// ```
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Datum::Text(text) => text.len() + 9,
            Datum::JsonText(text) => text.len() + 9,
            Datum::Blob(bytes) => bytes.len() + 9,
            Datum::Exact(_) => 32,
            Datum::Guid(_) => 17,
            _ => 12,
        }
    }

    /// Converts the value to a cell, as if it had been stored and read back.
    ///
    /// ```
    /// use orm::value::{Datum, Value};
    /// let mut cell = Datum::Text("Ann".into()).into_cell();
    /// assert_eq!(String::from_cell(&mut cell).unwrap(), "Ann");
    /// ```
    #[must_use]
    pub fn into_cell(self) -> Cell<'static> {
        match self {
            Datum::Null | Datum::Unwritable(_) => Cell::Null,
            Datum::Bool(truth) => Cell::Int(i64::from(truth)),
            Datum::Int(number) => Cell::Int(number),
            Datum::UInt(number) => Cell::UInt(number),
            Datum::Float(number) => Cell::Float(number),
            Datum::Double(number) => Cell::Double(number),
            Datum::Text(text) => Cell::Owned(text.into_string().into_bytes()),
            Datum::JsonText(text) => Cell::Owned(text.into_bytes()),
            Datum::Blob(bytes) => Cell::Owned(bytes),
            Datum::Date(day) => Cell::Owned(super::text_form::date(&day).into_bytes()),
            Datum::Clock(time) => Cell::Clock(ClockCell {
                negative: false,
                days: 0,
                hours: narrow(time.hour()),
                minutes: narrow(time.minute()),
                seconds: narrow(time.second()),
                microseconds: time.nanosecond() / 1_000,
            }),
            Datum::Timestamp(at) => date_cell(&at)
                .map_or_else(|| Cell::Owned(super::text_form::timestamp(&at).into_bytes()), Cell::Date),
            Datum::Exact(number) => Cell::Owned(number.to_string().into_bytes()),
            Datum::Guid(id) => Cell::Owned(id.as_bytes().to_vec()),
        }
    }
}

/// Returns `None` for years that do not fit the parts.
fn date_cell(at: &NaiveDateTime) -> Option<DateCell> {
    Some(DateCell {
        year: u16::try_from(at.year()).ok()?,
        month: narrow(at.month()),
        day: narrow(at.day()),
        hour: narrow(at.hour()),
        minute: narrow(at.minute()),
        second: narrow(at.second()),
        microsecond: at.nanosecond() / 1_000,
    })
}

/// Casts a part of a date or time, which is always below 256.
fn narrow(part: u32) -> u8 {
    u8::try_from(part).unwrap_or(u8::MAX)
}

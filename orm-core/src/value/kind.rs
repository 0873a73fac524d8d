//! How a value is stored, independent of the database.

/// The storage class of a [`Value`](super::Value), which a dialect maps to a column type.
///
/// The names are SQL's, not Rust's, so that no variant is mistaken for a type of the standard library.
///
/// ```
/// use orm::value::{Kind, Value};
/// assert_eq!((<u8 as Value>::KIND, <String as Value>::KIND), (Kind::UnsignedTinyInt, Kind::Text));
/// assert_eq!(Kind::TinyInt.range(), Some((-128, 127)));
/// assert!(Kind::Integer.is_number() && !Kind::Text.is_number() && Kind::Text.has_length());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// True or false.
    Boolean,
    /// 8 bits, signed.
    TinyInt,
    /// 16 bits, signed.
    SmallInt,
    /// 32 bits, signed.
    Integer,
    /// 64 bits, signed.
    BigInt,
    /// 8 bits, unsigned.
    UnsignedTinyInt,
    /// 16 bits, unsigned.
    UnsignedSmallInt,
    /// 32 bits, unsigned.
    UnsignedInteger,
    /// 64 bits, unsigned.
    UnsignedBigInt,
    /// 32-bit floating point.
    Real,
    /// 64-bit floating point.
    DoublePrecision,
    /// An exact decimal number.
    Numeric,
    /// UTF-8 text.
    Text,
    /// Bytes.
    Blob,
    /// A date.
    Date,
    /// A time of day, to the microsecond.
    Clock,
    /// A date and time without a time zone, to the microsecond.
    Timestamp,
    /// A point in time, stored in UTC, to the microsecond.
    UtcTimestamp,
    /// A UUID, 16 bytes.
    Guid,
    /// A JSON document.
    JsonDocument,
    /// One string of a fixed list: ENUM.
    Choice(&'static [&'static str]),
}

impl Kind {
    /// Returns whether values of this kind are integers.
    ///
    /// ```
    /// use orm::value::Kind;
    /// assert!(Kind::UnsignedBigInt.is_integer());
    /// assert!(!Kind::Numeric.is_integer() && !Kind::Boolean.is_integer());
    /// ```
    #[must_use]
    pub const fn is_integer(self) -> bool {
        matches!(
            self,
            Kind::TinyInt
                | Kind::SmallInt
                | Kind::Integer
                | Kind::BigInt
                | Kind::UnsignedTinyInt
                | Kind::UnsignedSmallInt
                | Kind::UnsignedInteger
                | Kind::UnsignedBigInt
        )
    }

    /// Returns whether values of this kind are numbers.
    ///
    /// ```
    /// use orm::value::Kind;
    /// assert!(Kind::Integer.is_number() && Kind::Numeric.is_number());
    /// assert!(!Kind::Text.is_number());
    /// ```
    #[must_use]
    pub const fn is_number(self) -> bool {
        self.is_integer() || matches!(self, Kind::Real | Kind::DoublePrecision | Kind::Numeric)
    }

    /// Returns the least and greatest value, for integers that are narrower than 64 bits or unsigned.
    ///
    /// ```
    /// use orm::value::Kind;
    /// assert_eq!(Kind::TinyInt.range(), Some((-128, 127)));
    /// assert_eq!(Kind::UnsignedBigInt.range(), Some((0, i64::MAX))); // as far as SQLite's integers go
    /// assert_eq!(Kind::BigInt.range(), None);
    /// ```
    #[must_use]
    pub const fn range(self) -> Option<(i64, i64)> {
        match self {
            Kind::TinyInt => Some((i8::MIN as i64, i8::MAX as i64)),
            Kind::SmallInt => Some((i16::MIN as i64, i16::MAX as i64)),
            Kind::Integer => Some((i32::MIN as i64, i32::MAX as i64)),
            Kind::UnsignedTinyInt => Some((0, u8::MAX as i64)),
            Kind::UnsignedSmallInt => Some((0, u16::MAX as i64)),
            Kind::UnsignedInteger => Some((0, u32::MAX as i64)),
            Kind::UnsignedBigInt => Some((0, i64::MAX)),
            _ => None,
        }
    }

    /// Returns whether values of this kind are text or bytes, whose length a column may limit.
    ///
    /// ```
    /// use orm::value::Kind;
    /// assert!(Kind::Text.has_length() && Kind::Blob.has_length());
    /// assert!(!Kind::JsonDocument.has_length());
    /// ```
    #[must_use]
    pub const fn has_length(self) -> bool {
        matches!(self, Kind::Text | Kind::Blob)
    }

    /// Returns the name of this kind, for error messages.
    ///
    /// ```
    /// use orm::value::{Kind, Value};
    /// assert_eq!(<u8 as Value>::KIND.describe(), "an unsigned 8-bit integer");
    /// assert_eq!(Kind::Choice(&["draft", "live"]).describe(), "an enum value");
    /// ```
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Kind::Boolean => "a boolean",
            Kind::TinyInt => "an 8-bit integer",
            Kind::SmallInt => "a 16-bit integer",
            Kind::Integer => "a 32-bit integer",
            Kind::BigInt => "a 64-bit integer",
            Kind::UnsignedTinyInt => "an unsigned 8-bit integer",
            Kind::UnsignedSmallInt => "an unsigned 16-bit integer",
            Kind::UnsignedInteger => "an unsigned 32-bit integer",
            Kind::UnsignedBigInt => "an unsigned 64-bit integer",
            Kind::Real => "a 32-bit float",
            Kind::DoublePrecision => "a 64-bit float",
            Kind::Numeric => "a decimal number",
            Kind::Text => "text",
            Kind::Blob => "bytes",
            Kind::Date => "a date",
            Kind::Clock => "a time of day",
            Kind::Timestamp => "a date and time",
            Kind::UtcTimestamp => "a date and time in UTC",
            Kind::Guid => "a UUID",
            Kind::JsonDocument => "a JSON document",
            Kind::Choice(_) => "an enum value",
        }
    }
}

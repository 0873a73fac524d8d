//! Why a cell could not become a value.

use std::fmt;

/// Why a cell cannot be read as a type. Small, because every read returns a `Result` with it.
///
/// It describes what was found without quoting it: errors contain no data.
///
/// Implementations of `Value` return it:
///
/// ```
/// use orm::value::{Cell, Datum, Kind, Mismatch, Value};
///
/// /// A percentage, kept as a number from 0 to 100.
/// #[derive(Debug, PartialEq)]
/// struct Percent(u8);
///
/// impl Value for Percent {
///     const KIND: Kind = Kind::UnsignedTinyInt;
///
///     fn to_datum(&self) -> Datum {
///         self.0.to_datum()
///     }
///
///     fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
///         match u8::from_cell(cell)? {
///             number @ 0..=100 => Ok(Percent(number)),
///             _ => Err(Mismatch::invalid("a number above 100")),
///         }
///     }
/// }
/// assert_eq!(Percent::from_cell(&mut Cell::Int(42)).unwrap(), Percent(42));
/// let error = Percent::from_cell(&mut Cell::Int(101)).unwrap_err();
/// assert_eq!(error.to_string(), "a number above 100");
/// assert!(Percent::from_cell(&mut Cell::Null).unwrap_err().is_null());
/// assert!(Percent::from_cell(&mut Cell::Int(300)).unwrap_err().is_range());
/// ```
#[derive(Debug)]
pub struct Mismatch(Box<Reason>);

#[derive(Debug)]
enum Reason {
    Null,
    Class(&'static str),
    Range,
    Invalid(String),
}

impl Mismatch {
    /// NULL where a value is required.
    ///
    /// ```
    /// use orm::value::Mismatch;
    /// assert_eq!(Mismatch::null().to_string(), "NULL");
    /// ```
    #[must_use]
    pub fn null() -> Self {
        Mismatch(Box::new(Reason::Null))
    }

    /// A cell of another class, such as text where a number is expected; `found` is "an integer", "text" and so on.
    ///
    /// ```
    /// use orm::value::Mismatch;
    /// assert_eq!(Mismatch::class("an integer").to_string(), "an integer");
    /// ```
    #[must_use]
    pub fn class(found: &'static str) -> Self {
        Mismatch(Box::new(Reason::Class(found)))
    }

    /// A number, date or time that the type cannot hold without loss.
    ///
    /// ```
    /// use orm::value::Mismatch;
    /// assert_eq!(Mismatch::range().to_string(), "a value that does not fit without loss");
    /// ```
    #[must_use]
    pub fn range() -> Self {
        Mismatch(Box::new(Reason::Range))
    }

    /// A cell of the right class whose content is not valid; `why` completes the sentence "the column holds …", and MUST NOT quote it.
    ///
    /// ```
    /// use orm::value::Mismatch;
    /// let found = Mismatch::invalid("text that is no colour");
    /// assert_eq!(found.to_string(), "text that is no colour");
    /// ```
    #[must_use]
    pub fn invalid(why: impl fmt::Display) -> Self {
        Mismatch(Box::new(Reason::Invalid(why.to_string())))
    }

    /// Returns whether the cell was NULL.
    ///
    /// ```
    /// use orm::value::{Cell, Value};
    /// assert!(String::from_cell(&mut Cell::Null).unwrap_err().is_null());
    /// ```
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(*self.0, Reason::Null)
    }

    /// Returns whether the cell was a number outside the type's range.
    ///
    /// ```
    /// use orm::value::{Cell, Value};
    /// assert!(u8::from_cell(&mut Cell::Int(300)).unwrap_err().is_range());
    /// assert!(!u8::from_cell(&mut Cell::Null).unwrap_err().is_range());
    /// ```
    #[must_use]
    pub fn is_range(&self) -> bool {
        matches!(*self.0, Reason::Range)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Reason::Null => f.write_str("NULL"),
            Reason::Class(found) => f.write_str(found),
            Reason::Range => f.write_str("a value that does not fit without loss"),
            Reason::Invalid(why) => f.write_str(why),
        }
    }
}

/// A [`Mismatch`] with the position of its cell in the row and the expected type.
///
/// ```
/// use orm::value::{Cell, Cells};
/// let mut row = [Cell::Int(1), Cell::Null];
/// let mut cells = Cells::new(&mut row);
/// assert_eq!(cells.value::<i64>().unwrap(), 1);
/// let fault = cells.value::<bool>().unwrap_err();
/// assert_eq!((fault.index, fault.expected, fault.mismatch.is_null()), (1, "bool", true));
/// ```
#[derive(Debug)]
pub struct Fault {
    /// The position of the cell, from 0.
    pub index: usize,
    /// The Rust type that was expected.
    pub expected: &'static str,
    /// What was found instead.
    pub mismatch: Mismatch,
}

//! Values as drivers return them.

use super::{Fault, Mismatch, Value};

/// One cell of a row, as the driver returns it: borrowed if the driver keeps the memory, owned if it hands it over.
///
/// Text and bytes share the variants `Borrowed` and `Owned`, since MySQL's protocol does not distinguish them; the type that
/// reads the cell decides.
///
/// ```
/// use orm::value::{Cell, Value};
/// let mut cell = Cell::Borrowed(b"18");
/// assert_eq!((cell.describe(), cell.text().unwrap()), ("text or bytes", "18"));
/// assert_eq!(String::from_cell(&mut cell).unwrap(), "18");
/// let found = String::from_cell(&mut Cell::Int(18)).unwrap_err().to_string();
/// assert_eq!(found, "an integer"); // where text is expected
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Cell<'a> {
    /// SQL NULL.
    Null,
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    UInt(u64),
    /// A 32-bit float.
    Float(f32),
    /// A 64-bit float.
    Double(f64),
    /// Text or bytes in memory of the driver.
    Borrowed(&'a [u8]),
    /// Text or bytes that the reader may take.
    Owned(Vec<u8>),
    /// A date, or a date and time.
    Date(DateCell),
    /// A time of day or a duration.
    Clock(ClockCell),
}

/// A date and time in parts, unchecked: MySQL has dates that no calendar has, such as 0000-00-00.
///
/// ```
/// use orm::value::{Cell, DateCell, Value};
/// let date = DateCell { year: 2026, month: 11, day: 24, hour: 0, minute: 0, second: 0, microsecond: 0 };
/// assert_eq!(chrono::NaiveDate::from_cell(&mut Cell::Date(date)).unwrap().to_string(), "2026-11-24");
///
/// let zero = DateCell { year: 0, month: 0, day: 0, ..date };
/// assert!(chrono::NaiveDate::from_cell(&mut Cell::Date(zero)).is_err()); // valid on MySQL only
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct DateCell {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub microsecond: u32,
}

/// A duration in parts, like MySQL's TIME: from -838:59:59 to 838:59:59.
///
/// ```
/// use orm::value::{Cell, ClockCell, Value};
/// let clock = ClockCell { negative: false, days: 0, hours: 10, minutes: 20, seconds: 30, microseconds: 0 };
/// assert_eq!(chrono::NaiveTime::from_cell(&mut Cell::Clock(clock)).unwrap().to_string(), "10:20:30");
///
/// let a_day_later = ClockCell { days: 1, ..clock };
/// assert!(chrono::NaiveTime::from_cell(&mut Cell::Clock(a_day_later)).unwrap_err().is_range()); // not a time of day
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct ClockCell {
    pub negative: bool,
    pub days: u32,
    pub hours: u8,
    pub minutes: u8,
    pub seconds: u8,
    pub microseconds: u32,
}

impl Cell<'_> {
    /// Returns the name of this cell's class, for error messages.
    ///
    /// ```
    /// use orm::value::Cell;
    /// assert_eq!((Cell::Int(18).describe(), Cell::Null.describe()), ("an integer", "NULL"));
    /// ```
    #[must_use]
    pub const fn describe(&self) -> &'static str {
        match self {
            Cell::Null => "NULL",
            Cell::Int(_) | Cell::UInt(_) => "an integer",
            Cell::Float(_) | Cell::Double(_) => "a float",
            Cell::Borrowed(_) | Cell::Owned(_) => "text or bytes",
            Cell::Date(_) => "a date",
            Cell::Clock(_) => "a time",
        }
    }

    /// Returns the bytes of a text or bytes cell.
    ///
    /// ```
    /// use orm::value::Cell;
    /// assert_eq!(Cell::Borrowed(b"Ann").bytes().unwrap(), b"Ann");
    /// assert!(Cell::Int(18).bytes().is_err()); // no conversion
    /// ```
    ///
    /// # Errors
    /// If the cell is NULL or of another class.
    #[inline]
    pub fn bytes(&self) -> Result<&[u8], Mismatch> {
        match self {
            Cell::Borrowed(bytes) => Ok(bytes),
            Cell::Owned(bytes) => Ok(bytes),
            other => Err(other.mismatch()),
        }
    }

    /// Returns the bytes of a text or bytes cell: moved if the cell owns them, copied otherwise.
    ///
    /// ```
    /// use orm::value::Cell;
    /// let mut cell = Cell::Owned(b"Ann".to_vec());
    /// assert_eq!(cell.take_bytes().unwrap(), b"Ann");
    /// assert_eq!(cell.bytes().unwrap(), b""); // moved out, not copied
    /// ```
    ///
    /// # Errors
    /// If the cell is NULL or of another class.
    #[inline]
    pub fn take_bytes(&mut self) -> Result<Vec<u8>, Mismatch> {
        match self {
            Cell::Borrowed(bytes) => Ok(bytes.to_vec()),
            Cell::Owned(bytes) => Ok(std::mem::take(bytes)),
            other => Err(other.mismatch()),
        }
    }

    /// Returns the text of a cell.
    ///
    /// ```
    /// use orm::value::Cell;
    /// assert_eq!(Cell::Borrowed(b"Ann").text().unwrap(), "Ann");
    /// assert_eq!(Cell::Borrowed(b"\xFF").text().unwrap_err().to_string(), "bytes that are not UTF-8");
    /// ```
    ///
    /// # Errors
    /// If the cell is NULL, of another class, or not UTF-8.
    pub fn text(&self) -> Result<&str, Mismatch> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Mismatch::invalid("bytes that are not UTF-8"))
    }

    /// Returns the same cell with memory of its own.
    ///
    /// ```
    /// use orm::value::Cell;
    /// let packet = b"Ann".to_vec();
    /// let kept = Cell::Borrowed(&packet).into_owned();
    /// drop(packet); // as a driver does with what it has read
    /// assert_eq!(kept.text().unwrap(), "Ann");
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Null => Cell::Null,
            Cell::Int(number) => Cell::Int(number),
            Cell::UInt(number) => Cell::UInt(number),
            Cell::Float(number) => Cell::Float(number),
            Cell::Double(number) => Cell::Double(number),
            Cell::Borrowed(bytes) => Cell::Owned(bytes.to_vec()),
            Cell::Owned(bytes) => Cell::Owned(bytes),
            Cell::Date(at) => Cell::Date(at),
            Cell::Clock(at) => Cell::Clock(at),
        }
    }

    /// Returns the mismatch for a reader that expected another class.
    ///
    /// ```
    /// use orm::value::{Cell, Datum, Kind, Mismatch, Value};
    ///
    /// /// A code, stored as text.
    /// struct Code(String);
    ///
    /// impl Value for Code {
    ///     const KIND: Kind = Kind::Text;
    ///
    ///     fn to_datum(&self) -> Datum {
    ///         Datum::Text(self.0.as_str().into())
    ///     }
    ///
    ///     fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
    ///         match cell {
    ///             Cell::Borrowed(_) | Cell::Owned(_) => Ok(Code(cell.text()?.to_uppercase())),
    ///             other => Err(other.mismatch()),
    ///         }
    ///     }
    /// }
    /// assert_eq!(Code::from_cell(&mut Cell::Int(18)).err().unwrap().to_string(), "an integer");
    /// assert!(Code::from_cell(&mut Cell::Null).err().unwrap().is_null());
    /// ```
    #[cold]
    #[must_use]
    pub fn mismatch(&self) -> Mismatch {
        match self {
            Cell::Null => Mismatch::null(),
            other => Mismatch::class(other.describe()),
        }
    }
}

/// Reads a row cell by cell, from left to right.
///
/// ```
/// use orm::value::{Cell, Cells};
/// let mut row = [Cell::UInt(1), Cell::Borrowed(b"Ann"), Cell::Null];
/// let mut cells = Cells::new(&mut row);
/// let id: u64 = cells.value().unwrap();
/// let name: String = cells.value().unwrap();
/// let age: Option<i32> = cells.nullable().unwrap();
/// assert_eq!((id, name.as_str(), age), (1, "Ann", None));
/// ```
#[derive(Debug)]
pub struct Cells<'r, 'c> {
    cells: &'r mut [Cell<'c>],
    next: usize,
}

impl<'r, 'c> Cells<'r, 'c> {
    /// Starts at the first of `cells`.
    ///
    /// ```
    /// use orm::value::{Cell, Cells};
    /// let mut row = [Cell::Int(1), Cell::Int(2)];
    /// assert_eq!(Cells::new(&mut row).value::<i64>().unwrap(), 1);
    /// ```
    #[must_use]
    pub fn new(cells: &'r mut [Cell<'c>]) -> Self {
        Cells { cells, next: 0 }
    }

    /// Reads the next cell as a value that is not nullable.
    ///
    /// ```
    /// use orm::value::{Cell, Cells};
    /// let mut row = [Cell::Int(18)];
    /// let mut cells = Cells::new(&mut row);
    /// assert_eq!(cells.value::<u8>().unwrap(), 18);
    /// assert_eq!(cells.value::<u8>().unwrap_err().mismatch.to_string(), "no such column"); // past the last one
    /// ```
    ///
    /// # Errors
    /// If the cell does not fit `V`, or the row has no more cells.
    #[inline]
    pub fn value<V: Value>(&mut self) -> Result<V, Fault> {
        let index = self.next;
        self.next += 1;
        match self.cells.get_mut(index) {
            Some(cell) => V::from_cell(cell).map_err(|mismatch| fault::<V>(index, mismatch)),
            None => Err(fault::<V>(index, Mismatch::invalid("no such column"))),
        }
    }

    /// Reads the next cell as a value, or `None` if it is NULL.
    ///
    /// ```
    /// use orm::value::{Cell, Cells};
    /// let mut row = [Cell::Null, Cell::Int(18)];
    /// let mut cells = Cells::new(&mut row);
    /// assert_eq!((cells.nullable::<u8>().unwrap(), cells.nullable::<u8>().unwrap()), (None, Some(18)));
    /// ```
    ///
    /// # Errors
    /// If the cell does not fit `V`, or the row has no more cells.
    #[inline]
    pub fn nullable<V: Value>(&mut self) -> Result<Option<V>, Fault> {
        if let Some(Cell::Null) = self.cells.get(self.next) {
            self.next += 1;
            return Ok(None);
        }
        self.value::<V>().map(Some)
    }

    /// Sets a field to the next cell: one call per column of a model, with no types for the compiler to infer.
    #[doc(hidden)]
    #[inline]
    pub fn fill<V: Value>(&mut self, field: &mut V) -> Result<(), Fault> {
        *field = self.value()?;
        Ok(())
    }

    /// Like [`fill`](Self::fill), for a nullable field.
    #[doc(hidden)]
    #[inline]
    pub fn fill_nullable<V: Value>(&mut self, field: &mut Option<V>) -> Result<(), Fault> {
        *field = self.nullable()?;
        Ok(())
    }

    /// Returns whether the cell `ahead` cells after the next one is NULL.
    ///
    /// ```
    /// use orm::value::{Cell, Cells};
    /// let mut row = [Cell::Int(1), Cell::Null];
    /// let cells = Cells::new(&mut row);
    /// assert!(!cells.is_null(0)); // does not consume the cell
    /// assert!(cells.is_null(1));
    /// ```
    #[inline]
    #[must_use]
    pub fn is_null(&self, ahead: usize) -> bool {
        matches!(self.cells.get(self.next + ahead), Some(Cell::Null))
    }

    /// Takes the next cell as it is; `None` at the end of the row.
    pub(crate) fn take(&mut self) -> Option<Cell<'c>> {
        let cell = self.cells.get_mut(self.next)?;
        self.next += 1;
        Some(std::mem::replace(cell, Cell::Null))
    }

    /// Returns the cell `ahead` cells after the next one; `None` past the end of the row.
    pub(crate) fn peek(&self, ahead: usize) -> Option<&Cell<'c>> {
        self.cells.get(self.next + ahead)
    }

    /// Returns the error for the cell `ahead` cells after the next one, which was to be read as a `V`.
    pub(crate) fn fault<V>(&self, ahead: usize, mismatch: Mismatch) -> Fault {
        fault::<V>(self.next + ahead, mismatch)
    }

    /// Reads the rest of the row without consuming it.
    pub(crate) fn with_copy<R>(&self, read: impl FnOnce(&mut Cells<'_, 'c>) -> R) -> R {
        let mut cells = self.cells.to_vec();
        read(&mut Cells { cells: &mut cells, next: self.next })
    }

    /// Skips `count` cells.
    ///
    /// ```
    /// use orm::value::{Cell, Cells};
    /// let mut row = [Cell::Null, Cell::Null, Cell::Int(3)];
    /// let mut cells = Cells::new(&mut row);
    /// cells.skip(2); // a row without a match in an outer join
    /// assert_eq!(cells.value::<i64>().unwrap(), 3);
    /// ```
    #[inline]
    pub fn skip(&mut self, count: usize) {
        self.next += count;
    }
}

#[cold]
fn fault<V>(index: usize, mismatch: Mismatch) -> Fault {
    Fault { index, expected: std::any::type_name::<V>(), mismatch }
}

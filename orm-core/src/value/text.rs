//! `String`.

use compact_str::CompactString;

use super::{Cell, Datum, Kind, Lengthy, Mismatch, Textual, Value};

#[diagnostic::do_not_recommend]
impl Value for String {
    const KIND: Kind = Kind::Text;

    #[inline]
    fn to_datum(&self) -> Datum {
        Datum::Text(self.as_str().into())
    }

    /// Keeps the buffer, which the value may be moved out of again.
    #[inline]
    fn into_datum(self) -> Datum {
        Datum::Text(CompactString::from_string_buffer(self))
    }

    #[inline]
    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Owned(bytes) => String::from_utf8(std::mem::take(bytes)).map_err(|_| not_utf8()),
            // Validated before it is copied, so that borrowed text is scanned only once.
            Cell::Borrowed(bytes) => std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| not_utf8()),
            other => Err(other.mismatch()),
        }
    }
}

#[cold]
fn not_utf8() -> Mismatch {
    Mismatch::invalid("bytes that are not UTF-8")
}

#[diagnostic::do_not_recommend]
impl Textual for String {}

impl Lengthy for String {}

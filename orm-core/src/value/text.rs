//! `String`.

use super::{Cell, Datum, Kind, Mismatch, Textual, Value};

#[diagnostic::do_not_recommend]
impl Value for String {
    const KIND: Kind = Kind::Text;

    #[inline]
    fn to_datum(&self) -> Datum {
        Datum::Text(self.clone())
    }

    #[inline]
    fn into_datum(self) -> Datum {
        Datum::Text(self)
    }

    #[inline]
    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            // Checked before it is copied, so that a borrowed text is gone over once.
            Cell::Borrowed(_) => cell.text().map(str::to_owned),
            _ => String::from_utf8(cell.take_bytes()?)
                .map_err(|_| Mismatch::invalid("bytes that are not UTF-8")),
        }
    }
}

#[diagnostic::do_not_recommend]
impl Textual for String {}

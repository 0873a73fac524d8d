//! `Vec<u8>`.

use super::{Cell, Datum, Kind, Lengthy, Mismatch, Value};

#[diagnostic::do_not_recommend]
impl Value for Vec<u8> {
    const KIND: Kind = Kind::Blob;

    #[inline]
    fn to_datum(&self) -> Datum {
        Datum::Blob(self.clone())
    }

    #[inline]
    fn into_datum(self) -> Datum {
        Datum::Blob(self)
    }

    #[inline]
    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        cell.take_bytes()
    }
}

impl Lengthy for Vec<u8> {}

//! `Uuid`.

use uuid::Uuid;

use super::{Cell, Datum, Kind, Mismatch, Value};

#[diagnostic::do_not_recommend]
impl Value for Uuid {
    const KIND: Kind = Kind::Guid;

    #[inline]
    fn to_datum(&self) -> Datum {
        Datum::Guid(*self)
    }

    /// Reads 16 bytes, the form in which this crate stores UUIDs, and the usual text forms, which others store.
    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        let bytes = cell.bytes()?;
        Uuid::from_slice(bytes)
            .or_else(|_| Uuid::try_parse_ascii(bytes))
            .map_err(|_| Mismatch::invalid("neither 16 bytes nor the text of a UUID"))
    }
}

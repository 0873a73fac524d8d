//! `serde_json::Value`.

use super::{Cell, Datum, Kind, Mismatch};

#[diagnostic::do_not_recommend]
impl super::Value for serde_json::Value {
    const KIND: Kind = Kind::JsonDocument;

    fn into_datum(self) -> Datum {
        Datum::JsonText(self.to_string())
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        serde_json::from_slice(cell.bytes()?)
            .map_err(|why| Mismatch::invalid(format_args!("text that is not JSON ({why})")))
    }
}

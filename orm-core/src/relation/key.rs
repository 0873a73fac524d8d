//! The values by which rows of two tables belong together.

use crate::schema::{ColumnDef, Table};
use crate::syntax::{ColumnRef, Comparison, InList, Node, Source};
use crate::value::{Cell, Cells, Datum, Fault, Kind, Mismatch, Value};

/// The key of one row, as it is compared in memory; `None` if a column of it is NULL.
pub(super) type Key = Option<Vec<KeyPart>>;

/// One column of a key. Signed and unsigned integers are one class, since either side of a key may have either.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum KeyPart {
    Number(i128),
    Bytes(Vec<u8>),
}

/// Reads a key from the next `width` cells.
pub(super) fn read_key(cells: &mut Cells<'_, '_>, width: usize) -> Result<Key, Fault> {
    let mut parts = Some(Vec::with_capacity(width));
    for _ in 0..width {
        match (cells.nullable::<KeyPart>()?, &mut parts) {
            (Some(part), Some(parts)) => parts.push(part),
            _ => parts = None,
        }
    }
    Ok(parts)
}

impl Value for KeyPart {
    const KIND: Kind = Kind::Blob;

    fn to_datum(&self) -> Datum {
        self.clone().into_datum()
    }

    fn into_datum(self) -> Datum {
        match self {
            KeyPart::Number(number) => i64::try_from(number)
                .map_or_else(|_| Datum::UInt(u64::try_from(number).unwrap_or(0)), Datum::Int),
            KeyPart::Bytes(bytes) => Datum::Blob(bytes),
        }
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Int(number) => Ok(KeyPart::Number(i128::from(*number))),
            Cell::UInt(number) => Ok(KeyPart::Number(i128::from(*number))),
            Cell::Borrowed(_) | Cell::Owned(_) => cell.take_bytes().map(KeyPart::Bytes),
            other => Err(Mismatch::invalid(format_args!(
                "{}, by which relations are not loaded",
                other.describe()
            ))),
        }
    }
}

impl KeyPart {
    /// As the column compares it.
    fn datum(self, column: &ColumnDef) -> Datum {
        match (self, column.kind) {
            (KeyPart::Bytes(bytes), Kind::Blob | Kind::Guid) => Datum::Blob(bytes),
            (KeyPart::Bytes(bytes), _) => match String::from_utf8(bytes) {
                Ok(text) => Datum::Text(text),
                Err(error) => Datum::Blob(error.into_bytes()),
            },
            (number, _) => number.into_datum(),
        }
    }
}

/// The condition that a row's columns are one of `keys`.
pub(super) fn is_one_of(
    source: Source,
    table: &'static Table,
    columns: &[u16],
    keys: Vec<Vec<KeyPart>>,
) -> Node {
    if let [column] = columns {
        let definition = table.column(*column);
        let values = keys.into_iter().flatten().map(|part| part.datum(definition)).collect();
        let needle = Node::Column(ColumnRef::new(source, *column));
        return Node::InList(Box::new(InList { needle, kind: definition.kind, values, negated: false }));
    }
    let rows = keys.into_iter().map(|key| {
        let parts = columns.iter().zip(key).map(|(&index, part)| {
            Node::Compare(ColumnRef::new(source, index), Comparison::Equal, part.datum(table.column(index)))
        });
        Node::All(parts.collect())
    });
    Node::Any(rows.collect())
}

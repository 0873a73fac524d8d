//! The key values that match the rows of two tables.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::schema::{ColumnDef, Table};
use crate::syntax::{ColumnRef, Comparison, InList, Node, Source};
use crate::value::{Cell, Cells, Datum, Fault, Kind, Mismatch, Value, text_form};

/// The key of one row, as compared in memory.
pub(super) type Key = SmallVec<[KeyPart; 1]>;

/// One column of a key. Signed and unsigned integers are compared as numbers, since either side may be either.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum KeyPart {
    Int(i64),
    /// An integer beyond the range of signed ones.
    UInt(u64),
    Bytes(Vec<u8>),
}

/// Reads a key of columns of these kinds from the next cells; `None` if one of them is NULL.
pub(super) fn read_key(cells: &mut Cells<'_, '_>, kinds: &[Kind]) -> Result<Option<Key>, Fault> {
    let key = (0..).zip(kinds).map(|(ahead, &kind)| read_part(cells, ahead, kind));
    let key: Result<Option<Key>, Fault> = key.collect();
    cells.skip(kinds.len());
    key
}

/// Reads a key from the cells at the offsets `at`, without consuming them; `None` if one of them is NULL.
pub(super) fn peek_key(cells: &Cells<'_, '_>, at: &[u16], kinds: &[Kind]) -> Result<Option<Key>, Fault> {
    at.iter().zip(kinds).map(|(&ahead, &kind)| read_part(cells, usize::from(ahead), kind)).collect()
}

fn read_part(cells: &Cells<'_, '_>, ahead: usize, kind: Kind) -> Result<Option<KeyPart>, Fault> {
    let part = match cells.peek(ahead) {
        None | Some(Cell::Null) => return Ok(None),
        Some(cell) => KeyPart::read(&mut cell.clone(), kind),
    };
    part.map(Some).map_err(|mismatch| cells.fault::<KeyPart>(ahead, mismatch))
}

/// Whether the cells at these offsets equal `key`.
#[inline]
pub(super) fn is_key(cells: &Cells<'_, '_>, at: &[u16], key: &Key) -> bool {
    match (at, key.as_slice()) {
        // A fast path, since nearly all keys have one column.
        ([ahead], [part]) => is_part(cells, *ahead, part),
        _ => at.iter().zip(key).all(|(&ahead, part)| is_part(cells, ahead, part)),
    }
}

#[inline]
fn is_part(cells: &Cells<'_, '_>, ahead: u16, part: &KeyPart) -> bool {
    match (cells.peek(usize::from(ahead)), part) {
        (Some(Cell::Int(number)), KeyPart::Int(part)) => number == part,
        (Some(Cell::UInt(number)), KeyPart::Int(part)) => part.cast_unsigned() == *number && *part >= 0,
        (Some(Cell::UInt(number)), KeyPart::UInt(part)) => number == part,
        (Some(Cell::Borrowed(bytes)), KeyPart::Bytes(part)) => bytes == part,
        (Some(Cell::Owned(bytes)), KeyPart::Bytes(part)) => bytes == part,
        _ => false,
    }
}

impl Value for KeyPart {
    const KIND: Kind = Kind::Blob;

    fn to_datum(&self) -> Datum {
        self.clone().into_datum()
    }

    fn into_datum(self) -> Datum {
        match self {
            KeyPart::Int(number) => Datum::Int(number),
            KeyPart::UInt(number) => Datum::UInt(number),
            KeyPart::Bytes(bytes) => Datum::Blob(bytes),
        }
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Int(number) => Ok(KeyPart::Int(*number)),
            Cell::UInt(number) => Ok(i64::try_from(*number).map_or(KeyPart::UInt(*number), KeyPart::Int)),
            Cell::Borrowed(_) | Cell::Owned(_) => cell.take_bytes().map(KeyPart::Bytes),
            other => Err(Mismatch::invalid(format_args!(
                "{}, by which relations are not loaded",
                other.describe()
            ))),
        }
    }
}

impl KeyPart {
    /// Reads a part of this kind. What drivers return in several forms becomes one text.
    fn read(cell: &mut Cell<'_>, kind: Kind) -> Result<Self, Mismatch> {
        let text = match kind {
            Kind::Date => text_form::date(&NaiveDate::from_cell(cell)?),
            Kind::Clock => text_form::clock(&NaiveTime::from_cell(cell)?),
            Kind::Timestamp | Kind::UtcTimestamp => text_form::timestamp(&NaiveDateTime::from_cell(cell)?),
            Kind::Numeric => Decimal::from_cell(cell)?.normalize().to_string(),
            _ => return KeyPart::from_cell(cell),
        };
        Ok(KeyPart::Bytes(text.into_bytes()))
    }

    /// Converts the part to the type of the column.
    pub(super) fn datum(self, column: &ColumnDef) -> Datum {
        match (self, column.kind) {
            (KeyPart::Bytes(bytes), Kind::Blob | Kind::Guid) => Datum::Blob(bytes),
            (
                KeyPart::Bytes(bytes),
                kind @ (Kind::Date | Kind::Clock | Kind::Timestamp | Kind::UtcTimestamp | Kind::Numeric),
            ) => {
                let value = kind.read(&mut Cells::new(&mut [Cell::Owned(bytes)]));
                value.unwrap_or(Datum::Null)
            }
            (KeyPart::Bytes(bytes), _) => match String::from_utf8(bytes) {
                Ok(text) => Datum::Text(text.into()),
                Err(error) => Datum::Blob(error.into_bytes()),
            },
            (number, _) => number.into_datum(),
        }
    }
}

/// The condition that a row's columns equal one of `keys`.
pub(super) fn is_one_of(source: Source, table: &'static Table, columns: &[u16], keys: &[Key]) -> Node {
    if let [column] = columns {
        let definition = table.column(*column);
        let values = keys.iter().flatten().map(|part| part.clone().datum(definition)).collect();
        let needle = Node::Column(ColumnRef::new(source, *column));
        return Node::InList(Box::new(InList { needle, kind: definition.kind, values, negated: false }));
    }
    let rows = keys.iter().map(|key| {
        let parts = columns.iter().zip(key).map(|(&index, part)| {
            let value = part.clone().datum(table.column(index));
            Node::Compare(ColumnRef::new(source, index), Comparison::Equal, value)
        });
        Node::All(parts.collect())
    });
    Node::Any(rows.collect())
}

//! `bool` and the integers.

use super::{Averaged, Cell, Datum, Kind, Mismatch, Numeric, Summed, Value};

macro_rules! integers {
    ($($ty:ty: $kind:ident, $datum:ident($wide:ty), sum $sum:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Value for $ty {
            const KIND: Kind = Kind::$kind;

            #[inline]
            fn to_datum(&self) -> Datum {
                Datum::$datum(<$wide>::from(*self))
            }

            #[inline]
            fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
                match cell {
                    Cell::Int(found) => Self::try_from(*found).map_err(|_| Mismatch::range()),
                    Cell::UInt(found) => Self::try_from(*found).map_err(|_| Mismatch::range()),
                    other => from_number(other, |text| text.parse().ok()),
                }
            }
        }
        #[diagnostic::do_not_recommend]
        impl Numeric for $ty {}
        #[diagnostic::do_not_recommend]
        impl super::Whole for $ty {}
        #[diagnostic::do_not_recommend]
        impl Summed for $ty { type Sum = $sum; }
        #[diagnostic::do_not_recommend]
        impl Averaged for $ty { type Average = f64; }
    )* };
}
integers! {
    i8: TinyInt, Int(i64), sum i64;
    i16: SmallInt, Int(i64), sum i64;
    i32: Integer, Int(i64), sum i64;
    i64: BigInt, Int(i64), sum i64;
    u8: UnsignedTinyInt, Int(i64), sum u64;
    u16: UnsignedSmallInt, Int(i64), sum u64;
    u32: UnsignedInteger, Int(i64), sum u64;
    u64: UnsignedBigInt, UInt(u64), sum u64;
}

/// Reads DECIMAL, which MySQL returns for SUM and arithmetic over integers and which arrives as text, and DOUBLE, which some
/// functions return: both if they are whole and in range.
#[cold]
fn from_number<T>(cell: &Cell<'_>, parse: impl Fn(&str) -> Option<T>) -> Result<T, Mismatch> {
    match cell {
        Cell::Borrowed(_) | Cell::Owned(_) => {
            let text = cell.text()?;
            let whole = text.split_once('.').map_or(text, |(whole, fraction)| {
                if fraction.bytes().all(|digit| digit == b'0') { whole } else { text }
            });
            parse(whole)
                .ok_or_else(|| if text.parse::<f64>().is_ok() { Mismatch::range() } else { cell.mismatch() })
        }
        Cell::Double(found) => parse(&found.to_string()).ok_or_else(Mismatch::range),
        Cell::Float(found) => parse(&found.to_string()).ok_or_else(Mismatch::range),
        other => Err(other.mismatch()),
    }
}

#[diagnostic::do_not_recommend]
impl Value for bool {
    const KIND: Kind = Kind::Boolean;

    #[inline]
    fn to_datum(&self) -> Datum {
        Datum::Bool(*self)
    }

    #[inline]
    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Int(0) | Cell::UInt(0) => Ok(false),
            Cell::Int(1) | Cell::UInt(1) => Ok(true),
            Cell::Int(_) | Cell::UInt(_) => Err(Mismatch::range()),
            // BIT(1) arrives as one byte.
            Cell::Borrowed([0]) => Ok(false),
            Cell::Borrowed([1]) => Ok(true),
            Cell::Owned(bytes) if bytes[..] == [0] => Ok(false),
            Cell::Owned(bytes) if bytes[..] == [1] => Ok(true),
            other => Err(other.mismatch()),
        }
    }
}

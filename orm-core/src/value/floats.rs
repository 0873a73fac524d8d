//! `f32` and `f64`.

use super::{Averaged, Cell, Datum, Kind, Mismatch, Numeric, Summed, Value};

#[diagnostic::do_not_recommend]
impl Value for f64 {
    const KIND: Kind = Kind::DoublePrecision;

    #[inline]
    fn to_datum(&self) -> Datum {
        Datum::Double(*self)
    }

    #[inline]
    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Double(found) => Ok(*found),
            Cell::Float(found) => Ok(f64::from(*found)),
            Cell::Int(found) => exact(i128::from(*found)),
            Cell::UInt(found) => exact(i128::from(*found)),
            // The average of integers is a DECIMAL on MySQL, and arrives as text.
            Cell::Borrowed(_) | Cell::Owned(_) => cell.text()?.parse().map_err(|_| cell.mismatch()),
            other => Err(other.mismatch()),
        }
    }
}

/// Converts an integer: SQLite may store a whole float as one.
fn exact(found: i128) -> Result<f64, Mismatch> {
    #[allow(clippy::cast_precision_loss, reason = "the loss is what is tested")]
    let float = found as f64;
    #[allow(clippy::cast_possible_truncation, reason = "the loss is what is tested")]
    if float as i128 == found { Ok(float) } else { Err(Mismatch::range()) }
}

#[diagnostic::do_not_recommend]
impl Value for f32 {
    const KIND: Kind = Kind::Real;

    #[inline]
    fn to_datum(&self) -> Datum {
        Datum::Float(*self)
    }

    #[inline]
    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        if let Cell::Float(found) = cell {
            return Ok(*found);
        }
        let found = f64::from_cell(cell)?;
        #[allow(clippy::cast_possible_truncation, reason = "the loss is what is tested")]
        let float = found as f32;
        if f64::from(float) == found || found.is_nan() { Ok(float) } else { Err(Mismatch::range()) }
    }
}

macro_rules! floats {
    ($($ty:ty)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Numeric for $ty {}
        #[diagnostic::do_not_recommend]
        impl super::Fractional for $ty {}
        #[diagnostic::do_not_recommend]
        impl Summed for $ty { type Sum = f64; }
        #[diagnostic::do_not_recommend]
        impl Averaged for $ty { type Average = f64; }
    )* };
}
floats!(f32 f64);

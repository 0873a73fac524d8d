//! `Decimal`.

use std::str::FromStr as _;

use rust_decimal::Decimal;

use super::{Averaged, Cell, Datum, Kind, Mismatch, Numeric, Summed, Value};

#[diagnostic::do_not_recommend]
impl Value for Decimal {
    const KIND: Kind = Kind::Numeric;

    #[inline]
    fn to_datum(&self) -> Datum {
        Datum::Exact(*self)
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Int(found) => Ok(Decimal::from(*found)),
            Cell::UInt(found) => Ok(Decimal::from(*found)),
            Cell::Borrowed(_) | Cell::Owned(_) => {
                let text = unpadded(cell.text()?);
                Decimal::from_str_exact(text)
                    .or_else(|why| shorter(text).ok_or(why))
                    .map_err(|_| Mismatch::range())
            }
            other => Err(other.mismatch()),
        }
    }
}

/// Numbers with this many digits after the decimal point result from a conversion on MySQL and MariaDB, which keeps 20 for
/// exact quotients; nobody declared them, so trailing zeros are dropped.
const PADDED: usize = 20;

fn unpadded(text: &str) -> &str {
    match text.split_once('.') {
        Some((_, fraction)) if fraction.len() >= PADDED => text.trim_end_matches('0').trim_end_matches('.'),
        _ => text,
    }
}

/// Parses an average, which may have more trailing zeros than a `Decimal` has digits: drops them.
fn shorter(text: &str) -> Option<Decimal> {
    let (_, fraction) = text.split_once('.')?;
    let zeros = fraction.len() - fraction.trim_end_matches('0').len();
    Decimal::from_str(&text[..text.len() - zeros]).ok().filter(|_| zeros > 0)
}

#[diagnostic::do_not_recommend]
impl Numeric for Decimal {}
#[diagnostic::do_not_recommend]
impl super::Fractional for Decimal {}
#[diagnostic::do_not_recommend]
impl Summed for Decimal {
    type Sum = Decimal;
}
#[diagnostic::do_not_recommend]
impl Averaged for Decimal {
    type Average = Decimal;
}

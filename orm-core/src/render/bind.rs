//! Bind parameters.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::Renderer;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{ColumnDef, Table};
use crate::value::{Datum, Kind};

impl Renderer<'_> {
    /// Writes a placeholder and keeps the value, which may be compared with a column.
    pub(super) fn bind(&mut self, value: Datum, place: Option<(&Table, &ColumnDef)>) -> Result<()> {
        self.check(&value, place)?;
        self.placeholder(value);
        Ok(())
    }

    /// Writes the placeholder of a value that is compared or computed with, and keeps the value.
    #[inline(always)] // All values go through here.
    pub(super) fn placeholder(&mut self, value: Datum) {
        if self.in_key {
            return self.written_out(value);
        }
        match value {
            Datum::JsonText(_) => self.push(self.dialect.json_value),
            _ => self.sql.push(b'?'),
        }
        self.params.push(value);
    }

    /// Like [`bind`](Self::bind), for a value to be stored in a column: it must fit without loss.
    pub(super) fn store(
        &mut self,
        value: Datum,
        table: &'static Table,
        column: &'static ColumnDef,
    ) -> Result<()> {
        self.check_stored(&value, table, column)?;
        self.bind(value, Some((table, column)))
    }

    /// Rejects values that a column cannot store without loss.
    #[inline]
    pub(super) fn check_stored(
        &self,
        value: &Datum,
        table: &'static Table,
        column: &'static ColumnDef,
    ) -> Result<()> {
        match value {
            Datum::Null if !column.nullable && !column.auto => return Err(null(table, column)),
            Datum::Exact(number) if column.kind == Kind::Numeric => fits(*number, table, column)?,
            _ => {}
        }
        self.check(value, Some((table, column)))
    }

    /// Rejects values that no column of this database can hold.
    #[inline]
    pub(super) fn check(&self, value: &Datum, place: Option<(&Table, &ColumnDef)>) -> Result<()> {
        match value {
            // It fits in every database.
            Datum::UInt(number) if *number <= i64::MAX as u64 => Ok(()),
            Datum::Unwritable(_)
            | Datum::UInt(_)
            | Datum::Double(_)
            | Datum::Float(_)
            | Datum::Date(_)
            | Datum::Timestamp(_) => self.check_closely(value, place),
            _ => Ok(()),
        }
    }

    fn check_closely(&self, value: &Datum, place: Option<(&Table, &ColumnDef)>) -> Result<()> {
        if let Datum::Unwritable(why) = value {
            return Err(refused(ErrorKind::Encode, why, place));
        }
        let why = match value {
            Datum::UInt(number) if !self.dialect.unsigned_big_integers && i64::try_from(*number).is_err() => {
                format!(
                    "an integer above {} does not fit {}, whose integers are signed",
                    i64::MAX,
                    self.dialect.name
                )
            }
            Datum::Double(number) if !number.is_finite() => not_finite(*number),
            Datum::Float(number) if !number.is_finite() => not_finite(f64::from(*number)),
            Datum::Date(day) if !has_four_digits(*day) => not_a_year(*day),
            Datum::Timestamp(at) if !has_four_digits(at.date()) => not_a_year(at.date()),
            _ => return Ok(()),
        };
        Err(refused(ErrorKind::OutOfRange, &why, place))
    }
}

fn not_finite(number: f64) -> String {
    format!(
        "{} cannot be stored, since databases only store finite numbers",
        if number.is_nan() { "NaN" } else { "infinity" }
    )
}

/// Servers have no other years, and SQLite's text would not sort chronologically.
fn has_four_digits(day: NaiveDate) -> bool {
    (0..=9999).contains(&day.year())
}

fn not_a_year(day: NaiveDate) -> String {
    format!("the year {} is out of the range that databases store, 0 to 9999", day.year())
}

#[cold]
fn refused(kind: ErrorKind, why: &str, place: Option<(&Table, &ColumnDef)>) -> Error {
    match place {
        Some((table, column)) => {
            Error::new(kind, format!("`{}.{}`: {why}", table.model, column.field)).with_columns([column.name])
        }
        None => Error::new(kind, why),
    }
}

#[cold]
fn null(table: &Table, column: &ColumnDef) -> Error {
    let message = format!("`{}.{}` is not an `Option` and cannot be NULL", table.model, column.field);
    Error::new(ErrorKind::NotNullViolation, message).with_columns([column.name])
}

/// MySQL rounds a decimal to the scale of its column with only a note; here that is an error.
#[inline(never)] // Its caller is inlined for all other values.
fn fits(number: Decimal, table: &'static Table, column: &'static ColumnDef) -> Result<()> {
    let (digits, scale) = column.digits();
    let number = number.normalize();
    let whole = number.trunc().abs();
    let room = u32::from(digits - scale);
    let fits_before = room >= 28 || whole < Decimal::from(10u128.pow(room));
    if number.scale() <= u32::from(scale) && fits_before {
        return Ok(());
    }
    let why = format!(
        "the number has more digits than the column holds: {} before the point and {scale} after it",
        digits - scale
    );
    Err(refused(ErrorKind::OutOfRange, &why, Some((table, column))))
}

//! Values on their way into and out of the protocol.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use mysql_async::consts::ColumnType;
use mysql_async::{Params, Row, Value};
use orm_core::value::{Cell, ClockCell, DateCell, Datum};
use orm_core::{Error, ErrorKind, Result};

use crate::packet::check_values;

/// The values as the protocol has them, if they fit a packet.
pub(crate) fn params(values: Vec<Datum>, packet: usize) -> Result<Params> {
    if values.is_empty() {
        return Ok(Params::Empty);
    }
    let values = values.into_iter().map(value).collect::<Result<Vec<_>>>()?;
    check_values(&values, packet)?;
    Ok(Params::Positional(values))
}

/// Text and bytes are moved, not copied.
fn value(datum: Datum) -> Result<Value> {
    Ok(match datum {
        Datum::Null => Value::NULL,
        Datum::Bool(truth) => Value::Int(i64::from(truth)),
        Datum::Int(number) => Value::Int(number),
        Datum::UInt(number) => Value::UInt(number),
        Datum::Float(number) => Value::Float(number),
        Datum::Double(number) => Value::Double(number),
        Datum::Text(text) | Datum::JsonText(text) => Value::Bytes(text.into_bytes()),
        Datum::Blob(bytes) => Value::Bytes(bytes),
        Datum::Guid(id) => Value::Bytes(id.as_bytes().to_vec()),
        Datum::Exact(number) => Value::Bytes(number.to_string().into_bytes()),
        Datum::Date(day) => date(&day, &NaiveTime::MIN)?,
        Datum::Timestamp(at) => date(&at.date(), &at.time())?,
        Datum::Clock(time) => Value::Time(
            false,
            0,
            narrow(time.hour()),
            narrow(time.minute()),
            narrow(time.second()),
            micros(&time),
        ),
        other => return Err(Error::new(ErrorKind::Unsupported, format!("MySQL cannot keep {other:?}"))),
    })
}

/// Years from 0 to 9999, as MySQL has them: <https://dev.mysql.com/doc/refman/8.4/en/datetime.html>.
pub(crate) fn check_year(year: i32) -> Result<u16> {
    u16::try_from(year).ok().filter(|year| *year <= 9999).ok_or_else(|| {
        let message = format!("the year {year} is outside those that MySQL has, 0 to 9999");
        Error::new(ErrorKind::OutOfRange, message)
    })
}

fn date(day: &NaiveDate, time: &NaiveTime) -> Result<Value> {
    Ok(Value::Date(
        check_year(day.year())?,
        narrow(day.month()),
        narrow(day.day()),
        narrow(time.hour()),
        narrow(time.minute()),
        narrow(time.second()),
        micros(time),
    ))
}

fn micros(time: &NaiveTime) -> u32 {
    // chrono counts a leap second as more than a thousand million nanoseconds.
    time.nanosecond() % 1_000_000_000 / 1_000
}

/// Parts of a date and a time are below 256.
fn narrow(part: u32) -> u8 {
    u8::try_from(part).unwrap_or(u8::MAX)
}

/// Moves the values of a row into `cells`.
pub(crate) fn fill(cells: &mut Vec<Cell<'static>>, row: Row) {
    let mut values = row.unwrap_raw();
    cells.resize_with(values.len(), || Cell::Null);
    for (cell, value) in cells.iter_mut().zip(&mut values) {
        // Each is put where it stays: a cell that all of them gave would be written and read once more.
        match value {
            None | Some(Value::NULL) => *cell = Cell::Null,
            Some(Value::Bytes(bytes)) => *cell = Cell::Owned(std::mem::take(bytes)),
            Some(Value::Int(number)) => *cell = Cell::Int(*number),
            Some(Value::UInt(number)) => *cell = Cell::UInt(*number),
            Some(Value::Float(number)) => *cell = Cell::Float(*number),
            Some(Value::Double(number)) => *cell = Cell::Double(*number),
            Some(other) => *cell = moment(other),
        }
    }
}

/// Apart from the others: their parts would have each cell moved in so many pieces.
#[inline(never)]
fn moment(value: &Value) -> Cell<'static> {
    match *value {
        Value::Date(year, month, day, hour, minute, second, microsecond) => {
            Cell::Date(DateCell { year, month, day, hour, minute, second, microsecond })
        }
        Value::Time(negative, days, hours, minutes, seconds, microseconds) => {
            Cell::Clock(ClockCell { negative, days, hours, minutes, seconds, microseconds })
        }
        _ => Cell::Null,
    }
}

/// The same for a row whose values are all text: numbers become numbers.
pub(crate) fn fill_from_text(cells: &mut Vec<Cell<'static>>, row: Row) -> Result<()> {
    let columns = row.columns();
    fill(cells, row);
    for (cell, column) in cells.iter_mut().zip(columns.iter()) {
        let Cell::Owned(bytes) = &*cell else { continue };
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let number = match column.column_type() {
            ColumnType::MYSQL_TYPE_TINY
            | ColumnType::MYSQL_TYPE_SHORT
            | ColumnType::MYSQL_TYPE_INT24
            | ColumnType::MYSQL_TYPE_LONG
            | ColumnType::MYSQL_TYPE_LONGLONG
            | ColumnType::MYSQL_TYPE_YEAR => {
                text.parse().map(Cell::Int).ok().or_else(|| text.parse().map(Cell::UInt).ok())
            }
            ColumnType::MYSQL_TYPE_DOUBLE => text.parse().map(Cell::Double).ok(),
            ColumnType::MYSQL_TYPE_FLOAT => return Err(rounded(&column.name_str())),
            _ => None,
        };
        if let Some(number) = number {
            *cell = number;
        }
    }
    Ok(())
}

#[cold]
fn rounded(column: &str) -> Error {
    let message = format!(
        "column `{column}` is a FLOAT, of which the server sends six digits where it sends text, as for several statements \
         at once: run this one by itself"
    );
    Error::new(ErrorKind::Unsupported, message)
}

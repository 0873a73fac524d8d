//! Conversions from and to the crate's values.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use mysql_async::consts::ColumnType;
use mysql_async::{Params, Row, Value};
use orm_core::value::{Cell, ClockCell, DateCell, Datum};
use orm_core::{Error, ErrorKind, Result};

use super::super::rounded;
use crate::moments::{check_year, micros, narrow};
use crate::packet::check_values;

/// Converts the values for the protocol, if they fit a packet.
pub(super) fn params(values: Vec<Datum>, packet: usize) -> Result<Params> {
    if values.is_empty() {
        return Ok(Params::Empty);
    }
    let values = values.into_iter().map(value).collect::<Result<Vec<_>>>()?;
    check_values(values.iter().map(size), packet)?;
    Ok(Params::Positional(values))
}

fn size(value: &Value) -> usize {
    usize::try_from(value.bin_len()).unwrap_or(usize::MAX)
}

/// Converts a value. Bytes, and text that is not stored in place, are moved.
fn value(datum: Datum) -> Result<Value> {
    Ok(match datum {
        Datum::Null => Value::NULL,
        Datum::Bool(truth) => Value::Int(i64::from(truth)),
        Datum::Int(number) => Value::Int(number),
        Datum::UInt(number) => Value::UInt(number),
        Datum::Float(number) => Value::Float(number),
        Datum::Double(number) => Value::Double(number),
        Datum::Text(text) if text.is_heap_allocated() => Value::Bytes(text.into_string().into_bytes()),
        Datum::Text(text) => Value::Bytes(text.as_bytes().to_vec()),
        Datum::JsonText(text) => Value::Bytes(text.into_bytes()),
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
        other => return Err(Error::new(ErrorKind::Unsupported, format!("MySQL cannot store {other:?}"))),
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

/// Moves the values of a row into `cells`.
pub(super) fn fill(cells: &mut Vec<Cell<'static>>, row: Row) {
    let mut values = row.unwrap_raw();
    cells.resize_with(values.len(), || Cell::Null);
    for (cell, value) in cells.iter_mut().zip(&mut values) {
        // Each cell is built in place: one that all arms returned would be copied once more.
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

/// Separate from the others: with these parts inline, each cell would be moved in as many pieces.
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

/// The same for a row of texts: numbers are parsed.
pub(super) fn fill_from_text(cells: &mut Vec<Cell<'static>>, row: Row) -> Result<()> {
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

//! Reading cells without an expected type.

use chrono::{NaiveDateTime, NaiveTime};

use super::{Cell, ClockCell, DateCell, Datum, Value};

impl Cell<'_> {
    /// Converts the cell to a value of the type that the driver returns; a date or time that only the server supports
    /// becomes text.
    pub(crate) fn into_datum(mut self) -> Datum {
        match self {
            Cell::Null => Datum::Null,
            Cell::Int(number) => Datum::Int(number),
            Cell::UInt(number) => Datum::UInt(number),
            Cell::Float(number) => Datum::Float(number),
            Cell::Double(number) => Datum::Double(number),
            Cell::Borrowed(bytes) => text_or_bytes(bytes.to_vec()),
            Cell::Owned(bytes) => text_or_bytes(bytes),
            Cell::Date(at) => NaiveDateTime::from_cell(&mut self)
                .map_or_else(|_| Datum::Text(date_text(at).into()), Datum::Timestamp),
            Cell::Clock(at) => NaiveTime::from_cell(&mut self)
                .map_or_else(|_| Datum::Text(clock_text(at).into()), Datum::Clock),
        }
    }
}

fn text_or_bytes(bytes: Vec<u8>) -> Datum {
    String::from_utf8(bytes)
        .map_or_else(|error| Datum::Blob(error.into_bytes()), |text| Datum::Text(text.into()))
}

fn date_text(at: DateCell) -> String {
    let DateCell { year, month, day, hour, minute, second, microsecond } = at;
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{microsecond:06}")
}

fn clock_text(at: ClockCell) -> String {
    let sign = if at.negative { "-" } else { "" };
    let hours = at.days * 24 + u32::from(at.hours);
    format!("{sign}{hours:02}:{:02}:{:02}.{:06}", at.minutes, at.seconds, at.microseconds)
}

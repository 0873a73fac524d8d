//! The values of a prepared statement:
//! <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_execute.html>.

use std::io::Write as _;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use mysql_async::consts::ColumnType;
use orm_core::value::Datum;
use orm_core::{Error, ErrorKind, Result};

use crate::moments::{check_year, micros, narrow};

const UNSIGNED: u8 = 0x80;

/// Returns the size of a value in bytes, or slightly more.
pub(super) fn size(value: &Datum) -> usize {
    match value {
        Datum::Null => 0,
        Datum::Float(_) => 4,
        Datum::Text(text) => text_size(text.len()),
        Datum::JsonText(text) => text_size(text.len()),
        Datum::Blob(bytes) => text_size(bytes.len()),
        Datum::Guid(_) => 17,
        Datum::Exact(_) => 32,
        Datum::Date(_) => 5,
        Datum::Timestamp(_) => 12,
        Datum::Clock(_) => 13,
        _ => 8,
    }
}

fn text_size(length: usize) -> usize {
    let head = match length {
        0..=250 => 1,
        251..=0xFFFF => 3,
        0x1_0000..=0xFF_FFFF => 4,
        _ => 9,
    };
    head + length
}

/// Returns the text or bytes of a value that may be sent before the others.
pub(super) fn long(value: &Datum) -> Option<&[u8]> {
    match value {
        Datum::Text(text) => Some(text.as_bytes()),
        Datum::JsonText(text) => Some(text.as_bytes()),
        Datum::Blob(bytes) => Some(bytes),
        _ => None,
    }
}

/// Writes the NULL bitmap, the types, and the values; texts and bytes only if they were not sent before.
pub(super) fn write(packet: &mut Vec<u8>, values: &[Datum], sent_before: bool) -> Result<()> {
    if values.is_empty() {
        return Ok(());
    }
    for eight in values.chunks(8) {
        let nulls = eight.iter().enumerate().map(|(at, value)| u8::from(value.is_null()) << at);
        packet.push(nulls.sum());
    }
    // The types follow.
    packet.push(1);
    for value in values {
        let (ty, sign) = ty(value);
        packet.extend([ty as u8, sign]);
    }
    for value in values {
        if !(sent_before && long(value).is_some()) {
            write_value(packet, value)?;
        }
    }
    Ok(())
}

fn ty(value: &Datum) -> (ColumnType, u8) {
    match value {
        Datum::Null => (ColumnType::MYSQL_TYPE_NULL, 0),
        Datum::Bool(_) | Datum::Int(_) => (ColumnType::MYSQL_TYPE_LONGLONG, 0),
        Datum::UInt(_) => (ColumnType::MYSQL_TYPE_LONGLONG, UNSIGNED),
        Datum::Float(_) => (ColumnType::MYSQL_TYPE_FLOAT, 0),
        Datum::Double(_) => (ColumnType::MYSQL_TYPE_DOUBLE, 0),
        Datum::Date(_) | Datum::Timestamp(_) => (ColumnType::MYSQL_TYPE_DATETIME, 0),
        Datum::Clock(_) => (ColumnType::MYSQL_TYPE_TIME, 0),
        _ => (ColumnType::MYSQL_TYPE_VAR_STRING, 0),
    }
}

fn write_value(packet: &mut Vec<u8>, value: &Datum) -> Result<()> {
    match value {
        Datum::Null => {}
        Datum::Bool(truth) => packet.extend(i64::from(*truth).to_le_bytes()),
        Datum::Int(number) => packet.extend(number.to_le_bytes()),
        Datum::UInt(number) => packet.extend(number.to_le_bytes()),
        Datum::Float(number) => packet.extend(number.to_le_bytes()),
        Datum::Double(number) => packet.extend(number.to_le_bytes()),
        Datum::Text(text) => write_text(packet, text.as_bytes()),
        Datum::JsonText(text) => write_text(packet, text.as_bytes()),
        Datum::Blob(bytes) => write_text(packet, bytes),
        Datum::Guid(id) => write_text(packet, id.as_bytes()),
        Datum::Exact(number) => {
            let length = packet.len();
            packet.push(0);
            // Writing into memory cannot fail.
            let _ = write!(packet, "{number}");
            packet[length] = u8::try_from(packet.len() - length - 1).unwrap_or(u8::MAX);
        }
        Datum::Date(day) => write_date(packet, day, &NaiveTime::MIN)?,
        Datum::Timestamp(at) => write_date(packet, &at.date(), &at.time())?,
        Datum::Clock(time) => {
            packet.extend([12, 0, 0, 0, 0, 0]);
            write_time(packet, time);
            packet.extend(micros(time).to_le_bytes());
        }
        other => return Err(Error::new(ErrorKind::Unsupported, format!("MySQL cannot store {other:?}"))),
    }
    Ok(())
}

pub(super) fn write_text(packet: &mut Vec<u8>, text: &[u8]) {
    let length = (text.len() as u64).to_le_bytes();
    match text_size(text.len()) - text.len() {
        1 => packet.push(length[0]),
        3 => {
            packet.push(0xFC);
            packet.extend(&length[..2]);
        }
        4 => {
            packet.push(0xFD);
            packet.extend(&length[..3]);
        }
        _ => {
            packet.push(0xFE);
            packet.extend(length);
        }
    }
    packet.extend_from_slice(text);
}

fn write_date(packet: &mut Vec<u8>, day: &NaiveDate, time: &NaiveTime) -> Result<()> {
    let year = check_year(day.year())?.to_le_bytes();
    let length = match (micros(time), time.num_seconds_from_midnight()) {
        (0, 0) => 4,
        (0, _) => 7,
        _ => 11,
    };
    packet.push(length);
    packet.extend(year);
    packet.extend([narrow(day.month()), narrow(day.day())]);
    if length > 4 {
        write_time(packet, time);
    }
    if length > 7 {
        packet.extend(micros(time).to_le_bytes());
    }
    Ok(())
}

fn write_time(packet: &mut Vec<u8>, time: &NaiveTime) {
    packet.extend([narrow(time.hour()), narrow(time.minute()), narrow(time.second())]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(values: &[Datum], sent_before: bool) -> Vec<u8> {
        let mut packet = Vec::new();
        assert!(write(&mut packet, values, sent_before).is_ok());
        packet
    }

    #[test]
    fn nulls_types_and_values() {
        let values = [Datum::Int(-1), Datum::Null, Datum::UInt(1), Datum::Text("ab".into())];
        let expected = [
            &[0b0010, 1, 8, 0, 6, 0, 8, 0x80, 0xFD, 0][..],
            &[0xFF; 8],
            &[1, 0, 0, 0, 0, 0, 0, 0],
            &[2, b'a', b'b'],
        ];
        assert_eq!(written(&values, false), expected.concat());
        assert_eq!(written(&values, true), expected[..3].concat());
        assert!(written(&[], false).is_empty());
    }

    #[test]
    fn the_ninth_has_a_byte_of_its_own() {
        let mut values = vec![Datum::Bool(true); 8];
        values.push(Datum::Null);
        assert_eq!(written(&values, false)[..3], [0, 1, 1]);
    }

    #[test]
    fn lengths_of_texts() {
        for (length, head) in [(250, &[250][..]), (251, &[0xFC, 251, 0]), (0x1_0000, &[0xFD, 0, 0, 1])] {
            let mut packet = Vec::new();
            write_text(&mut packet, &vec![b'x'; length]);
            assert_eq!(&packet[..head.len()], head);
            assert_eq!(packet.len(), text_size(length));
        }
    }

    #[test]
    fn sizes_are_not_too_small() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap_or_default();
        let time = NaiveTime::from_hms_micro_opt(1, 2, 3, 4).unwrap_or_default();
        let values = [
            Datum::Bool(true),
            Datum::Float(1.5),
            Datum::Double(1.5),
            Datum::Date(day),
            Datum::Timestamp(day.and_time(time)),
            Datum::Clock(time),
            Datum::Exact(rust_decimal::Decimal::MIN),
            Datum::Blob(vec![0; 300]),
        ];
        for value in values {
            let mut packet = Vec::new();
            assert!(write_value(&mut packet, &value).is_ok());
            assert!(packet.len() <= size(&value), "{value:?}");
        }
    }

    #[test]
    fn years_that_mysql_does_not_have() {
        let day = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap_or_default();
        assert!(write(&mut Vec::new(), &[Datum::Date(day)], false).is_err());
    }
}

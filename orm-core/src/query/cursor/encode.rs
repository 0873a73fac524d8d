//! The binary form of cursors: a version, the fingerprint of the query, and for each value a type letter and its bytes.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::Cursor;
use crate::value::Datum;

const VERSION: u8 = 1;

pub(super) fn write(cursor: &Cursor) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    bytes.extend_from_slice(&cursor.query.to_be_bytes());
    for value in &cursor.values {
        let (letter, value) = parts(value);
        bytes.push(letter);
        // No text exceeds 4 GiB, since no server's packet does.
        bytes.extend_from_slice(&u32::try_from(value.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(&value);
    }
    bytes
}

fn parts(value: &Datum) -> (u8, Vec<u8>) {
    match value {
        // Not reached for `Unwritable`: what was read from a row can be written.
        Datum::Null | Datum::Unwritable(_) => (b'n', Vec::new()),
        Datum::Bool(truth) => (b'b', vec![u8::from(*truth)]),
        Datum::Int(number) => (b'i', number.to_be_bytes().to_vec()),
        Datum::UInt(number) => (b'u', number.to_be_bytes().to_vec()),
        Datum::Float(number) => (b'f', number.to_be_bytes().to_vec()),
        Datum::Double(number) => (b'd', number.to_be_bytes().to_vec()),
        Datum::Text(text) => (b't', text.as_bytes().to_vec()),
        Datum::JsonText(text) => (b'j', text.as_bytes().to_vec()),
        Datum::Blob(bytes) => (b'x', bytes.clone()),
        Datum::Guid(id) => (b'g', id.as_bytes().to_vec()),
        Datum::Exact(number) => (b'e', number.serialize().to_vec()),
        Datum::Date(day) => (b'D', day.to_string().into_bytes()),
        Datum::Clock(time) => (b'C', time.to_string().into_bytes()),
        Datum::Timestamp(at) => (b'T', format!("{at:?}").into_bytes()),
    }
}

pub(super) fn read(bytes: &[u8]) -> Option<Cursor> {
    let (version, bytes) = bytes.split_first()?;
    let (query, mut bytes) = bytes.split_first_chunk::<8>()?;
    let mut values = Vec::new();
    while let Some((letter, rest)) = bytes.split_first() {
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (body, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        values.push(value(*letter, body)?);
        bytes = rest;
    }
    (*version == VERSION).then_some(Cursor { query: u64::from_be_bytes(*query), values })
}

fn value(letter: u8, body: &[u8]) -> Option<Datum> {
    let text = || std::str::from_utf8(body).ok();
    Some(match letter {
        b'n' => Datum::Null,
        b'b' => Datum::Bool(body.first()? == &1),
        b'i' => Datum::Int(i64::from_be_bytes(body.try_into().ok()?)),
        b'u' => Datum::UInt(u64::from_be_bytes(body.try_into().ok()?)),
        b'f' => Datum::Float(f32::from_be_bytes(body.try_into().ok()?)),
        b'd' => Datum::Double(f64::from_be_bytes(body.try_into().ok()?)),
        b't' => Datum::Text(text()?.into()),
        b'j' => Datum::JsonText(text()?.into()),
        b'x' => Datum::Blob(body.to_vec()),
        b'g' => Datum::Guid(Uuid::from_slice(body).ok()?),
        b'e' => Datum::Exact(Decimal::deserialize(body.try_into().ok()?)),
        b'D' => Datum::Date(text()?.parse::<NaiveDate>().ok()?),
        b'C' => Datum::Clock(text()?.parse::<NaiveTime>().ok()?),
        b'T' => Datum::Timestamp(text()?.parse::<NaiveDateTime>().ok()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back() {
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap_or_default();
        let time = NaiveTime::from_hms_micro_opt(23, 59, 58, 7).unwrap_or_default();
        let values = vec![
            Datum::Null,
            Datum::Bool(true),
            Datum::Int(i64::MIN),
            Datum::UInt(u64::MAX),
            Datum::Float(1.5),
            Datum::Double(-0.1),
            Datum::Text("é\0'".into()),
            Datum::JsonText("{}".to_owned()),
            Datum::Blob(vec![0, 255]),
            Datum::Guid(Uuid::from_u128(7)),
            Datum::Exact(Decimal::new(-1230, 3)),
            Datum::Date(day),
            Datum::Clock(time),
            Datum::Timestamp(day.and_time(time)),
        ];
        let cursor = Cursor { query: 42, values };
        assert_eq!(read(&write(&cursor)), Some(cursor));
    }

    #[test]
    fn broken_bytes_are_no_cursor() {
        let bytes = write(&Cursor { query: 1, values: vec![Datum::Text("abc".into()), Datum::Int(3)] });
        for length in 0..bytes.len() {
            let whole = read(&bytes[..length]).is_some_and(|cursor| cursor.values.len() == 2);
            assert!(!whole, "{length} of {} bytes are taken for all", bytes.len());
        }
        assert_eq!(read(&[9; 40]), None);
    }
}

//! LOAD DATA LOCAL: rows as a text file.
//!
//! LOCAL turns errors of rows into warnings: [`connection`](crate::connection) checks the warnings.
//! <https://dev.mysql.com/doc/refman/8.4/en/load-data.html>

use std::io::Write as _;

use chrono::Datelike as _;
use orm_core::dialect::{Load, Template};
use orm_core::schema::ColumnDef;
use orm_core::value::{Datum, Kind, text_form};
use orm_core::{Error, ErrorKind, Result};

use crate::moments::check_year;

/// The separators are written as hexadecimal numbers, since the meaning of a backslash in quotes depends on `sql_mode`.
pub(crate) const LOAD: Load = Load {
    head: "LOAD DATA LOCAL INFILE 'rows' INTO TABLE ",
    form: " CHARACTER SET utf8mb4 FIELDS TERMINATED BY 0x09 ESCAPED BY 0x5C LINES TERMINATED BY 0x0A",
    stored,
    value,
    separator: b'\t',
    end: b'\n',
};

/// Bytes are written in hexadecimal, since invalid UTF-8 would be refused. With a custom `sql_type`, a number may not
/// mean its digits: `BIT` would take them for bits.
fn stored(column: &ColumnDef) -> Template {
    match column.kind {
        Kind::Blob | Kind::Guid => "UNHEX({0})",
        kind if column.sql_type.is_some() && (kind.is_integer() || kind == Kind::Boolean) => "{0} + 0",
        _ => "",
    }
}

fn value(datum: &Datum, file: &mut Vec<u8>) -> Result<()> {
    // Writing into memory cannot fail.
    let _ = match datum {
        Datum::Null => write!(file, "\\N"),
        Datum::Bool(truth) => write!(file, "{}", u8::from(*truth)),
        Datum::Int(number) => write!(file, "{number}"),
        Datum::UInt(number) => write!(file, "{number}"),
        // With the digits of the wider type, the server need not round.
        Datum::Float(number) => write!(file, "{:?}", f64::from(*number)),
        Datum::Double(number) => write!(file, "{number:?}"),
        Datum::Exact(number) => write!(file, "{number}"),
        Datum::Text(text) => {
            escape(text.as_bytes(), file);
            Ok(())
        }
        Datum::JsonText(text) => {
            escape(text.as_bytes(), file);
            Ok(())
        }
        Datum::Blob(bytes) => {
            digits(bytes, file);
            Ok(())
        }
        Datum::Guid(id) => {
            digits(id.as_bytes(), file);
            Ok(())
        }
        Datum::Date(day) => {
            check_year(day.year())?;
            write!(file, "{}", text_form::date(day))
        }
        Datum::Timestamp(at) => {
            check_year(at.year())?;
            write!(file, "{}", text_form::timestamp(at))
        }
        Datum::Clock(time) => write!(file, "{}", text_form::clock(time)),
        other => return Err(Error::new(ErrorKind::Unsupported, format!("MySQL cannot store {other:?}"))),
    };
    Ok(())
}

/// Escapes the special characters of the file format. They are ASCII, which is not part of any other character.
fn escape(text: &[u8], file: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'\\' | b'\t' | b'\n' | 0)) {
        file.extend_from_slice(&rest[..at]);
        file.extend_from_slice(match rest[at] {
            b'\t' => br"\t",
            b'\n' => br"\n",
            0 => br"\0",
            _ => br"\\",
        });
        rest = &rest[at + 1..];
    }
    file.extend_from_slice(rest);
}

fn digits(bytes: &[u8], file: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        file.push(DIGITS[usize::from(byte >> 4)]);
        file.push(DIGITS[usize::from(byte & 15)]);
    }
}

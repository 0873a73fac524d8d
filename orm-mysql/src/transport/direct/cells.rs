//! The cells of a row, read in place from its packet:
//! <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html>.

use orm_core::value::{Cell, ClockCell, DateCell};
use smallvec::SmallVec;

use super::columns::{Columns, Form};
use super::reader::Reader;

/// The cells of a row; most rows need no allocation.
pub(super) type Row<'p> = SmallVec<[Cell<'p>; 16]>;

/// Reads the row of a prepared statement.
#[inline]
pub(super) fn binary<'p>(packet: &'p [u8], columns: &Columns, row: &mut Row<'p>) -> Option<()> {
    let mut reader = Reader(packet.get(1..)?);
    // The two bits before the first are unused.
    let nulls = reader.bytes((columns.forms.len() + 9) / 8)?;
    for (at, form) in (2..).zip(&columns.forms) {
        let null = nulls[at / 8] >> (at % 8) & 1 == 1;
        row.push(if null { Cell::Null } else { value(*form, &mut reader)? });
    }
    Some(())
}

#[inline]
fn value<'p>(form: Form, reader: &mut Reader<'p>) -> Option<Cell<'p>> {
    Some(match form {
        Form::Int8 => Cell::Int(i8::from_le_bytes(reader.array()?).into()),
        Form::UInt8 => Cell::Int(u8::from_le_bytes(reader.array()?).into()),
        Form::Int16 => Cell::Int(i16::from_le_bytes(reader.array()?).into()),
        Form::UInt16 => Cell::Int(u16::from_le_bytes(reader.array()?).into()),
        Form::Int32 => Cell::Int(i32::from_le_bytes(reader.array()?).into()),
        Form::UInt32 => Cell::Int(u32::from_le_bytes(reader.array()?).into()),
        Form::Int64 => Cell::Int(i64::from_le_bytes(reader.array()?)),
        Form::UInt64 => Cell::UInt(u64::from_le_bytes(reader.array()?)),
        Form::Float => Cell::Float(f32::from_le_bytes(reader.array()?)),
        Form::Double => Cell::Double(f64::from_le_bytes(reader.array()?)),
        Form::Bytes => Cell::Borrowed(reader.text()?),
        Form::Date => Cell::Date(date(reader)?),
        Form::Clock => Cell::Clock(clock(reader)?),
    })
}

/// Reads a date. Omitted parts at the end are zero.
fn date(reader: &mut Reader<'_>) -> Option<DateCell> {
    let length = reader.u8()?;
    let mut reader = Reader(reader.bytes(length.into())?);
    let [year, month, day] = match length {
        0 => [0; 3],
        _ => [reader.u16()?, reader.u8()?.into(), reader.u8()?.into()],
    };
    let [hour, minute, second] = if length > 4 { reader.array()? } else { [0; 3] };
    let microsecond = if length > 7 { reader.u32()? } else { 0 };
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    Some(DateCell { year, month, day, hour, minute, second, microsecond })
}

fn clock(reader: &mut Reader<'_>) -> Option<ClockCell> {
    let length = reader.u8()?;
    let mut reader = Reader(reader.bytes(length.into())?);
    if length == 0 {
        return Some(ClockCell {
            negative: false,
            days: 0,
            hours: 0,
            minutes: 0,
            seconds: 0,
            microseconds: 0,
        });
    }
    let (negative, days, [hours, minutes, seconds]) = (reader.u8()? != 0, reader.u32()?, reader.array()?);
    let microseconds = if length > 8 { reader.u32()? } else { 0 };
    Some(ClockCell { negative, days, hours, minutes, seconds, microseconds })
}

/// Reads the row of a statement that was sent as text: all of it is text, and numbers are parsed. The error is the
/// column of a `FLOAT`, if one has a value: text has only six of its digits.
pub(super) fn text<'p>(packet: &'p [u8], columns: &Columns, row: &mut Row<'p>) -> Option<Result<(), usize>> {
    let mut reader = Reader(packet);
    for (at, form) in columns.forms.iter().enumerate() {
        if let Some((0xFB, rest)) = reader.0.split_first() {
            reader.0 = rest;
            row.push(Cell::Null);
            continue;
        }
        let bytes = reader.text()?;
        if *form == Form::Float {
            return Some(Err(at));
        }
        row.push(number(*form, bytes).unwrap_or(Cell::Borrowed(bytes)));
    }
    Some(Ok(()))
}

fn number(form: Form, text: &[u8]) -> Option<Cell<'static>> {
    let text = std::str::from_utf8(text).ok()?;
    match form {
        Form::Float | Form::Date | Form::Clock | Form::Bytes => None,
        Form::Double => text.parse().ok().map(Cell::Double),
        _ => text.parse().ok().map(Cell::Int).or_else(|| text.parse().ok().map(Cell::UInt)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(bytes: &[u8]) -> Option<DateCell> {
        date(&mut Reader(bytes))
    }

    #[test]
    fn dates_leave_out_what_is_zero() {
        let day = DateCell { year: 2026, month: 11, day: 26, hour: 0, minute: 0, second: 0, microsecond: 0 };
        assert_eq!(dates(&[4, 0xEA, 7, 11, 26]), Some(day));
        let time = DateCell { hour: 1, minute: 2, second: 3, ..day };
        assert_eq!(dates(&[7, 0xEA, 7, 11, 26, 1, 2, 3]), Some(time));
        let exact = DateCell { microsecond: 4, ..time };
        assert_eq!(dates(&[11, 0xEA, 7, 11, 26, 1, 2, 3, 4, 0, 0, 0]), Some(exact));
        let zero = DateCell { year: 0, month: 0, day: 0, ..day };
        assert_eq!(dates(&[0]), Some(zero));
        assert_eq!(dates(&[7, 0xEA, 7, 11]), None);
    }

    #[test]
    fn rows_that_are_cut_off_are_none() {
        let mut columns = Columns::default();
        columns.forms.extend([Form::Int32, Form::Bytes]);
        let packet = [0, 0, 1, 0, 0, 0, 2, b'a', b'b'];
        let mut row = Row::new();
        assert!(binary(&packet, &columns, &mut row).is_some());
        assert!(matches!(row[..], [Cell::Int(1), Cell::Borrowed(b"ab")]));
        for end in 0..packet.len() {
            assert!(binary(&packet[..end], &columns, &mut Row::new()).is_none(), "{end}");
        }
        assert!(text(&[1, b'1', 5, b'x'], &columns, &mut Row::new()).is_none());
    }
}

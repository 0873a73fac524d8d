//! Parts of dates and times.

use chrono::{NaiveTime, Timelike as _};
use orm_core::{Error, ErrorKind, Result};

/// Checks that a year is from 0 to 9999, the range of MySQL: <https://dev.mysql.com/doc/refman/8.4/en/datetime.html>.
pub(crate) fn check_year(year: i32) -> Result<u16> {
    u16::try_from(year).ok().filter(|year| *year <= 9999).ok_or_else(|| {
        let message = format!("the year {year} is outside those that MySQL has, 0 to 9999");
        Error::new(ErrorKind::OutOfRange, message)
    })
}

pub(crate) fn micros(time: &NaiveTime) -> u32 {
    // chrono represents a leap second by a thousand million nanoseconds and more.
    time.nanosecond() % 1_000_000_000 / 1_000
}

/// Narrows a part of a date or time, which is below 256.
pub(crate) fn narrow(part: u32) -> u8 {
    u8::try_from(part).unwrap_or(u8::MAX)
}

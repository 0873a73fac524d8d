//! Dates and times.
//!
//! Databases store times to the microsecond, like MySQL's DATETIME(6). Finer digits are truncated when a value is bound, on
//! every backend alike, so that all backends return the same value.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Timelike, Utc};

use super::{Cell, ClockCell, DateCell, Datum, Kind, Mismatch, Value};

/// Returns the current time in UTC, truncated to the microseconds that a column stores, so that it is equal when read back.
///
/// ```
/// use chrono::Timelike;
/// assert_eq!(orm::now().nanosecond() % 1_000, 0);
/// ```
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// A type that `#[orm(default = now)]` and `#[orm(on_update = now)]` can fill, in UTC.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Model, Debug)]
/// #[orm(table = "visits")]
/// struct Visit {
///     #[orm(primary_key, auto)]
///     id: u64,
///     #[orm(default = now)]
///     day: NaiveDate,
/// }
/// db.create_tables::<Visit>().await?;
/// let visit = Visit::insert().returning(db).await?;
/// assert!(visit.day <= Utc::now().date_naive());
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`now` cannot fill a `{Self}`",
    label = "not a date or time",
    note = "`now` is for `DateTime<Utc>`, `NaiveDateTime`, `NaiveDate` and `NaiveTime`"
)]
pub trait Now: Value {
    /// Returns the current time.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use orm::value::Now;
    /// assert!(NaiveDate::now() <= chrono::Utc::now().date_naive()); // in UTC
    /// ```
    fn now() -> Self;
}

#[diagnostic::do_not_recommend]
impl Now for DateTime<Utc> {
    fn now() -> Self {
        now()
    }
}

#[diagnostic::do_not_recommend]
impl Now for NaiveDateTime {
    fn now() -> Self {
        now().naive_utc()
    }
}

#[diagnostic::do_not_recommend]
impl Now for NaiveDate {
    fn now() -> Self {
        now().date_naive()
    }
}

#[diagnostic::do_not_recommend]
impl Now for NaiveTime {
    fn now() -> Self {
        now().time()
    }
}

#[diagnostic::do_not_recommend]
impl Value for DateTime<Utc> {
    const KIND: Kind = Kind::UtcTimestamp;

    fn to_datum(&self) -> Datum {
        self.naive_utc().to_datum()
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        NaiveDateTime::from_cell(cell).map(|at| at.and_utc())
    }
}

#[diagnostic::do_not_recommend]
impl Value for NaiveDateTime {
    const KIND: Kind = Kind::Timestamp;

    fn to_datum(&self) -> Datum {
        Datum::Timestamp(self.date().and_time(storable(self.time())))
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Date(at) => Ok(date(at)?.and_time(clock_of(at)?)),
            _ => {
                let text = cell.text()?;
                let (day, clock) = text.split_once([' ', 'T']).unwrap_or((text, "00:00:00"));
                parse_date(day)
                    .zip(parse_clock(clock.trim_end_matches('Z')))
                    .map(|(day, clock)| day.and_time(clock))
                    .ok_or_else(|| Mismatch::invalid("text that is not a date and time"))
            }
        }
    }
}

#[diagnostic::do_not_recommend]
impl Value for NaiveDate {
    const KIND: Kind = Kind::Date;

    fn to_datum(&self) -> Datum {
        Datum::Date(*self)
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Date(at) if clock_of(at)? == NaiveTime::MIN => date(at),
            Cell::Date(_) => Err(Mismatch::range()), // with a time of day
            _ => parse_date(cell.text()?).ok_or_else(|| Mismatch::invalid("text that is not a date")),
        }
    }
}

#[diagnostic::do_not_recommend]
impl Value for NaiveTime {
    const KIND: Kind = Kind::Clock;

    fn to_datum(&self) -> Datum {
        Datum::Clock(storable(*self))
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        match cell {
            Cell::Clock(at) => clock(at),
            _ => parse_clock(cell.text()?).ok_or_else(|| Mismatch::invalid("text that is not a time of day")),
        }
    }
}

/// States which type is that of a date, and which ones have a date and a time of day.
macro_rules! dated {
    ($day:ty: $($moment:ty)*) => {
        #[diagnostic::do_not_recommend]
        impl $crate::value::Dated for $day {
            type Day = $day;
        }
        $(
            #[diagnostic::do_not_recommend]
            impl $crate::value::Dated for $moment {
                type Day = $day;
            }
            #[diagnostic::do_not_recommend]
            impl $crate::value::Timed for $moment {}
        )*
    };
}
#[cfg(any(feature = "jiff", feature = "time"))]
pub(super) use dated;

dated!(NaiveDate: DateTime<Utc> NaiveDateTime);

/// Truncates a time to microseconds. A leap second, which databases do not have, is stored as the second before it.
fn storable(time: NaiveTime) -> NaiveTime {
    time.with_nanosecond(time.nanosecond() % 1_000_000_000).unwrap_or(time).trunc_subsecs(6)
}

fn date(at: &DateCell) -> Result<NaiveDate, Mismatch> {
    NaiveDate::from_ymd_opt(i32::from(at.year), u32::from(at.month), u32::from(at.day))
        .ok_or_else(|| Mismatch::invalid("a date that is in no calendar, such as 0000-00-00"))
}

fn clock_of(at: &DateCell) -> Result<NaiveTime, Mismatch> {
    time(u32::from(at.hour), at.minute, at.second, at.microsecond)
        .ok_or_else(|| Mismatch::invalid("an invalid time of day"))
}

fn clock(at: &ClockCell) -> Result<NaiveTime, Mismatch> {
    let hours = at.days * 24 + u32::from(at.hours);
    time(hours, at.minutes, at.seconds, at.microseconds).filter(|_| !at.negative).ok_or_else(Mismatch::range)
}

fn time(hour: u32, minute: u8, second: u8, microsecond: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_micro_opt(hour, u32::from(minute), u32::from(second), microsecond)
}

/// `2026-11-24`.
fn parse_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `10:20`, `10:20:30` or `10:20:30.123456`.
fn parse_clock(text: &str) -> Option<NaiveTime> {
    let mut parts = text.splitn(3, ':');
    let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (second, fraction) = match parts.next() {
        Some(rest) => rest.split_once('.').unwrap_or((rest, "")),
        None => ("0", ""),
    };
    if fraction.len() > 9 || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let nanos = format!("{fraction:0<9}").parse().ok()?;
    NaiveTime::from_hms_nano_opt(hour, minute, second.parse().ok()?, nanos)
}

/// The text forms of dates and times, for backends that have no type for them. They sort chronologically.
pub mod text_form {
    use super::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

    /// `2026-11-24`.
    ///
    /// ```
    /// use orm::value::text_form;
    /// let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 2).unwrap();
    /// assert_eq!(text_form::date(&day), "2026-01-02");
    /// ```
    #[must_use]
    pub fn date(day: &NaiveDate) -> String {
        format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
    }

    /// `10:20:30.123456`.
    ///
    /// ```
    /// use orm::value::text_form;
    /// let time = chrono::NaiveTime::from_hms_opt(9, 5, 0).unwrap();
    /// assert_eq!(text_form::clock(&time), "09:05:00.000000");
    /// ```
    #[must_use]
    pub fn clock(time: &NaiveTime) -> String {
        let micros = time.nanosecond() / 1_000 % 1_000_000;
        format!("{:02}:{:02}:{:02}.{micros:06}", time.hour(), time.minute(), time.second())
    }

    /// `2026-11-24 10:20:30.123456`.
    ///
    /// ```
    /// use orm::value::text_form;
    /// let at = chrono::NaiveDate::from_ymd_opt(2026, 1, 2).unwrap().and_hms_opt(9, 5, 0).unwrap();
    /// assert_eq!(text_form::timestamp(&at), "2026-01-02 09:05:00.000000");
    /// ```
    #[must_use]
    pub fn timestamp(at: &NaiveDateTime) -> String {
        format!("{} {}", date(&at.date()), clock(&at.time()))
    }
}

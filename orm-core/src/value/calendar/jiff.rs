//! Dates and times of jiff.

use ::jiff::Timestamp;
use ::jiff::civil::{Date, DateTime, Time};
use ::jiff::tz::Offset;
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Utc};

use super::{TOO_LATE, stored_as};
use crate::value::temporal::dated;
use crate::value::{Cell, Datum, Kind, Mismatch, Now, Value};

stored_as! {
    Timestamp as chrono::DateTime<Utc>,
        into: |at| into_moment(Offset::UTC.to_datetime(at)).and_utc(),
        from: |at| Timestamp::from_microsecond(at.timestamp_micros()).ok();
    DateTime as NaiveDateTime, into: into_moment, from: |at| Some(from_date(at.date())?.to_datetime(from_time(at.time())?));
    Date as NaiveDate, into: into_date, from: from_date;
    Time as NaiveTime, into: into_time, from: from_time;
}

dated!(Date: Timestamp DateTime);

fn into_date(day: Date) -> NaiveDate {
    let [month, of_month] = [day.month(), day.day()].map(|part| part.unsigned_abs().into());
    NaiveDate::from_ymd_opt(day.year().into(), month, of_month).unwrap_or(TOO_LATE)
}

fn into_time(at: Time) -> NaiveTime {
    let [hour, minute, second] = [at.hour(), at.minute(), at.second()].map(|part| part.unsigned_abs().into());
    NaiveTime::from_hms_nano_opt(hour, minute, second, at.subsec_nanosecond().unsigned_abs())
        .unwrap_or_default()
}

fn into_moment(at: DateTime) -> NaiveDateTime {
    into_date(at.date()).and_time(into_time(at.time()))
}

fn from_date(day: NaiveDate) -> Option<Date> {
    Date::new(day.year().try_into().ok()?, day.month().try_into().ok()?, day.day().try_into().ok()?).ok()
}

fn from_time(at: NaiveTime) -> Option<Time> {
    let [hour, minute, second] = [at.hour(), at.minute(), at.second()].map(i8::try_from);
    Time::new(hour.ok()?, minute.ok()?, second.ok()?, at.nanosecond().try_into().ok()?).ok()
}

#[diagnostic::do_not_recommend]
impl Now for Timestamp {
    fn now() -> Self {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

#[diagnostic::do_not_recommend]
impl Now for DateTime {
    fn now() -> Self {
        Offset::UTC.to_datetime(<Timestamp as Now>::now())
    }
}

#[diagnostic::do_not_recommend]
impl Now for Date {
    fn now() -> Self {
        <DateTime as Now>::now().date()
    }
}

#[diagnostic::do_not_recommend]
impl Now for Time {
    fn now() -> Self {
        <DateTime as Now>::now().time()
    }
}

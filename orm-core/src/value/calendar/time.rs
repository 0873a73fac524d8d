//! Dates and times of the crate `time`.

use ::time::{Date, OffsetDateTime, PrimitiveDateTime, Time};
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Utc};

use super::{TOO_LATE, stored_as};
use crate::value::temporal::dated;
use crate::value::{Cell, Datum, Kind, Mismatch, Now, Value};

stored_as! {
    OffsetDateTime as chrono::DateTime<Utc>,
        into: |at| {
            let moment = chrono::DateTime::from_timestamp(at.unix_timestamp(), at.nanosecond());
            moment.unwrap_or(chrono::DateTime::<Utc>::MAX_UTC)
        },
        from: |at| OffsetDateTime::from_unix_timestamp(at.timestamp()).ok()?.replace_nanosecond(at.timestamp_subsec_nanos()).ok();
    PrimitiveDateTime as NaiveDateTime,
        into: |at| into_date(at.date()).and_time(into_time(at.time())),
        from: |at| Some(PrimitiveDateTime::new(from_date(at.date())?, from_time(at.time())?));
    Date as NaiveDate, into: into_date, from: from_date;
    Time as NaiveTime, into: into_time, from: from_time;
}

dated!(Date: OffsetDateTime PrimitiveDateTime);

fn into_date(day: Date) -> NaiveDate {
    NaiveDate::from_yo_opt(day.year(), day.ordinal().into()).unwrap_or(TOO_LATE)
}

fn into_time(at: Time) -> NaiveTime {
    let [hour, minute, second] = [at.hour(), at.minute(), at.second()].map(u32::from);
    NaiveTime::from_hms_nano_opt(hour, minute, second, at.nanosecond()).unwrap_or_default()
}

fn from_date(day: NaiveDate) -> Option<Date> {
    Date::from_ordinal_date(day.year(), day.ordinal().try_into().ok()?).ok()
}

fn from_time(at: NaiveTime) -> Option<Time> {
    let [hour, minute, second] = [at.hour(), at.minute(), at.second()].map(u8::try_from);
    Time::from_hms_nano(hour.ok()?, minute.ok()?, second.ok()?, at.nanosecond()).ok()
}

#[diagnostic::do_not_recommend]
impl Now for OffsetDateTime {
    fn now() -> Self {
        let now = OffsetDateTime::now_utc();
        now.replace_microsecond(now.microsecond()).unwrap_or(now)
    }
}

#[diagnostic::do_not_recommend]
impl Now for PrimitiveDateTime {
    fn now() -> Self {
        let now = <OffsetDateTime as Now>::now();
        PrimitiveDateTime::new(now.date(), now.time())
    }
}

#[diagnostic::do_not_recommend]
impl Now for Date {
    fn now() -> Self {
        <OffsetDateTime as Now>::now().date()
    }
}

#[diagnostic::do_not_recommend]
impl Now for Time {
    fn now() -> Self {
        <OffsetDateTime as Now>::now().time()
    }
}

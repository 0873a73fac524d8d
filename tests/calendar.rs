//! Dates and times of jiff and of the crate `time`, beside those of chrono.

use jiff::civil;
use orm::prelude::*;
use orm::{server_now, sql};
use time::{Month, OffsetDateTime, PrimitiveDateTime, UtcOffset};

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "jiff_events", soft_delete = deleted_at)]
struct JiffEvent {
    #[orm(primary_key, auto)]
    id: u64,
    at: jiff::Timestamp,
    local: civil::DateTime,
    day: civil::Date,
    clock: Option<civil::Time>,
    #[orm(default = now, on_update = now)]
    changed_at: jiff::Timestamp,
    deleted_at: Option<jiff::Timestamp>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "time_events", soft_delete = deleted_at)]
struct TimeEvent {
    #[orm(primary_key, auto)]
    id: u64,
    at: OffsetDateTime,
    local: PrimitiveDateTime,
    day: time::Date,
    clock: Option<time::Time>,
    #[orm(default = now, on_update = now)]
    changed_at: OffsetDateTime,
    deleted_at: Option<OffsetDateTime>,
}

/// The same table, read with chrono's types.
#[derive(Model, Debug)]
#[orm(table = "jiff_events")]
struct Stored {
    #[orm(primary_key, auto)]
    id: u64,
    at: DateTime<Utc>,
    local: NaiveDateTime,
    day: NaiveDate,
    clock: Option<NaiveTime>,
}

fn half_past_nine() -> civil::DateTime {
    civil::date(2026, 11, 27).at(9, 30, 15, 123_456_789)
}

fn utc(at: civil::DateTime) -> jiff::Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(at).unwrap()
}

fn evening() -> PrimitiveDateTime {
    let day = time::Date::from_calendar_date(2024, Month::February, 29).unwrap();
    day.with_hms_nano(23, 59, 59, 999_999_999).unwrap()
}

on_every_backend! {
    async fn of_jiff_are_stored_like_those_of_chrono(db: Database) {
        db.create_tables::<JiffEvent>().await?;
        let local = half_past_nine();
        let at = utc(local);
        let insert = JiffEvent::insert().at(at).local(local).day(local.date()).clock(local.time());
        let event = insert.returning(db).await?;
        assert_eq!(event, JiffEvent::find(event.id).one(db).await?);
        let kept = civil::date(2026, 11, 27).at(9, 30, 15, 123_456_000);
        assert_eq!((event.at, event.local), (utc(kept), kept));
        assert_eq!((event.day, event.clock), (kept.date(), Some(kept.time())));

        let stored = Stored::query().one(db).await?;
        let moment = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap().and_hms_micro_opt(9, 30, 15, 123_456).unwrap();
        assert_eq!((stored.at, stored.local), (moment.and_utc(), moment));
        assert_eq!((stored.day, stored.clock), (moment.date(), Some(moment.time())));
    }

    async fn of_jiff_are_compared_and_computed(db: Database) {
        db.create_tables::<JiffEvent>().await?;
        let local = half_past_nine();
        let at = utc(local);
        let long_ago: jiff::Timestamp = "1907-01-01T00:00:00.5Z".parse().unwrap();
        for at in [at, long_ago] {
            JiffEvent::insert().at(at).local(local).day(local.date()).execute(db).await?;
        }
        let later = JiffEvent::query().filter(|e| e.at.gt(long_ago).and(e.at.lt(server_now().cast::<jiff::Timestamp>().add_years(9))));
        assert_eq!(later.count(db).await?, 1);
        let days = JiffEvent::query().order_by(|e| e.at.asc()).select(|e| (e.at.date(), e.day.last_day_of_month(), e.at));
        let last = civil::date(2026, 11, 30);
        let rows = days.all(db).await?;
        assert_eq!((rows[0].0, rows[0].1, rows[0].2), (civil::date(1907, 1, 1), last, long_ago));
        assert_eq!((rows[1].0, rows[1].1), (local.date(), last));
        let same = JiffEvent::query().filter(|e| e.at.date().eq(e.day).and(e.day.is_in([local.date()])).and(e.clock.is_null()));
        assert_eq!(same.count(db).await?, 1);
        assert_eq!(sql!("SELECT id FROM jiff_events WHERE at = {long_ago}").scalar::<u64>(db).await?, 2);
    }

    async fn of_jiff_are_tracked_by_sessions(db: Database) {
        db.create_tables::<JiffEvent>().await?;
        let local = half_past_nine();
        let mut s = db.session();
        let new = s.add(JiffEvent::insert().at(jiff::Timestamp::UNIX_EPOCH).local(local).day(local.date()));
        s.flush().await?;
        let event = s.saved(new)?;
        let before = s[event].changed_at;
        s[event].day = civil::date(2000, 1, 1);
        s.flush().await?;
        assert!(s[event].changed_at >= before && s[event].deleted_at.is_none());
        s.delete(event)?;
        s.commit().await?;
        assert_eq!(JiffEvent::query().count(db).await?, 0);
        let gone = JiffEvent::query().with_deleted().one(db).await?;
        assert!(gone.deleted_at.is_some_and(|at| at >= before) && gone.day == civil::date(2000, 1, 1));
    }

    async fn of_time_are_stored_in_utc(db: Database) {
        db.create_tables::<TimeEvent>().await?;
        let local = evening();
        let at = local.assume_offset(UtcOffset::from_hms(-5, -30, 0).unwrap());
        let insert = TimeEvent::insert().at(at).local(local).day(local.date()).clock(local.time());
        let event = insert.returning(db).await?;
        assert_eq!(event, TimeEvent::find(event.id).one(db).await?);
        assert_eq!(event.at, at.replace_microsecond(999_999).unwrap());
        assert_eq!((event.at.offset(), event.at.day()), (UtcOffset::UTC, 1));
        let kept = local.replace_microsecond(999_999).unwrap();
        assert_eq!((event.local, event.day, event.clock), (kept, kept.date(), Some(kept.time())));
        let found = TimeEvent::query().filter(|e| e.at.date().gt(e.day).and(e.at.gt(local.assume_utc())).and(e.at.year().eq(2024)));
        assert_eq!(found.select(|e| e.at.date()).one(db).await?.to_string(), "2024-03-01");
        TimeEvent::delete_by(event.id).execute(db).await?;
        assert_eq!(TimeEvent::query().count(db).await?, 0);
    }

    async fn out_of_the_range_of_databases_are_refused(db: Database) {
        db.create_tables::<(JiffEvent, TimeEvent)>().await?;
        let day = civil::date(-1, 1, 1);
        let error = JiffEvent::query().filter(|e| e.day.eq(day)).count(db).await.unwrap_err();
        assert!(error.to_string().contains("year"), "{error}");
        let at = time::Date::MIN.midnight().assume_utc();
        let error = TimeEvent::query().filter(|e| e.at.eq(at)).count(db).await.unwrap_err();
        assert!(error.to_string().contains("year"), "{error}");
    }
}

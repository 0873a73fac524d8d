//! A club, its facilities, and who books them.

use orm::prelude::*;
use orm::window;

use super::models::*;
use super::{day, texts};
use crate::reports::{same, same_each};

/// What a booking costs: guests pay more.
fn cost(f: FacilityFields, b: BookingFields) -> orm::Expr<Decimal> {
    b.slots.cast::<Decimal>() * case().when(b.member_id.eq(0), f.guest_cost).otherwise(f.member_cost)
}

/// Each member with who recommended them: with a join, with the relation, and with a subquery.
pub async fn recommenders(db: &Database) -> orm::Result<()> {
    let joined = Member::query()
        .left_join(|m| m.recommender())
        .order_by(|(m, _)| m.id.asc())
        .select(|(m, r)| (m.surname, r.surname));
    let related = Member::query().order_by(|m| m.id.asc()).select(|m| (m.surname, m.recommender().surname));
    let selected = Member::query().order_by(|m| m.id.asc()).select(|m| {
        let recommender =
            Member::query().filter(|r| r.id.eq(m.recommended_by)).select(|r| r.surname).scalar();
        (m.surname, recommender)
    });
    let rows = joined.all(db).await?;
    assert_eq!((&related.all(db).await?, &selected.all(db).await?), (&rows, &rows));
    assert_eq!((rows[4].1.as_deref(), rows[1].1.as_deref()), (Some("Smith"), None));
    let recommended_others =
        Member::query().filter(|m| m.recommended().is_present()).order_by(|m| m.id.asc());
    assert_eq!(
        recommended_others.select(|m| m.first_name).all(db).await?,
        texts(["Darren", "Tim", "Janice"])
    );
    Ok(())
}

/// Who used a tennis court: an EXISTS over a relation, and a DISTINCT over joins.
pub async fn tennis_players(db: &Database) -> orm::Result<()> {
    let by_hand = "SELECT DISTINCT m.id FROM members m JOIN bookings b ON b.member_id = m.id JOIN facilities f ON f.id = b.facility_id
        WHERE f.name LIKE 'Tennis Court%' ORDER BY m.id";
    let players =
        Member::query().filter(|m| m.bookings().any(|b| b.facility().name.starts_with("Tennis Court")));
    same(db, players.order_by(|m| m.id.asc()).select(|m| m.id), by_hand).await?;
    let joined = Member::query()
        .join(|m| m.bookings())
        .join(|(_, b)| b.facility())
        .filter(|(.., f)| f.name.like("Tennis Court%"));
    same(db, joined.distinct().order_by(|(m, ..)| m.id.asc()).select(|(m, ..)| m.id), by_hand).await
}

/// Bookings of more than 100, with the cost computed once, in a derived table.
pub async fn costly_bookings(db: &Database) -> orm::Result<()> {
    let costs = Booking::query()
        .join(|b| b.facility())
        .join(|(b, _)| b.member())
        .select(|(b, f, m)| (m.surname, f.name, cost(f, b), b.id));
    let costly = costs
        .into_query()
        .filter(|(_, _, cost, _)| cost.gt(100))
        .order_by(|(_, _, cost, id)| (cost.desc(), id.asc()));
    let by_hand = "SELECT m.surname, f.name, CAST(slots * CASE m.id WHEN 0 THEN guest_cost ELSE member_cost END AS CHAR) AS cost, b.id
        FROM bookings b JOIN facilities f ON f.id = b.facility_id JOIN members m ON m.id = b.member_id
        WHERE slots * CASE m.id WHEN 0 THEN guest_cost ELSE member_cost END > 100
        ORDER BY slots * CASE m.id WHEN 0 THEN guest_cost ELSE member_cost END DESC, b.id";
    same(db, costly.into_rows(), by_hand).await
}

/// Two keys, one of them computed.
pub async fn slots_per_month(db: &Database) -> orm::Result<()> {
    let slots = Booking::query()
        .group_by(|b| (b.facility_id, b.starts_at.month()))
        .having(|g| g.sum(|b| b.slots).gt(30))
        .order_by(|g| (g.key.0.asc(), g.key.1.clone().asc()))
        .select(|g| (g.key.0, g.key.1.clone(), g.sum(|b| b.slots)));
    let by_hand = "SELECT facility_id, CAST(SUBSTR(starts_at, 6, 2) AS SIGNED), CAST(sum(slots) AS SIGNED)
        FROM bookings GROUP BY 1, 2 HAVING sum(slots) > 30 ORDER BY 1, 2";
    same(db, slots, by_hand).await
}

/// The facility with the most slots, ties included: with a CTE read twice, with `>= ALL`, and with a rank.
pub async fn most_booked(db: &Database) -> orm::Result<()> {
    let totals =
        Booking::query().group_by(|b| b.facility_id).select(|g| (g.key, g.sum(|b| b.slots))).named("totals");
    let most = totals.query().aggregate(|g| g.max(|(_, slots)| slots)).scalar();
    let first = totals.query().filter(|(_, slots)| slots.eq(most)).all(db).await?;
    let all = Booking::query().group_by(|b| b.facility_id).select(|g| g.sum(|b| b.slots));
    let second = Booking::query().group_by(|b| b.facility_id).having(|g| g.sum(|b| b.slots).ge_every(all));
    let ranked = Booking::query().group_by(|b| b.facility_id).select(|g| {
        let slots = g.sum(|b| b.slots);
        (g.key, slots.clone(), window::rank().over(|w| w.order_by(slots.desc())))
    });
    let third = ranked.into_query().filter(|(.., place)| place.eq(1)).select(|(id, slots, _)| (id, slots));
    assert!(!first.is_empty());
    assert_eq!(second.select(|g| (g.key, g.sum(|b| b.slots))).all(db).await?, first);
    assert_eq!(third.all(db).await?, first);
    Ok(())
}

/// A rank over groups, by hours rounded to tens.
pub async fn ranked_by_hours(db: &Database) -> orm::Result<()> {
    let ranked = Booking::query().join(|b| b.member()).group_by(|(_, m)| (m.id, m.surname)).select(|g| {
        let hours = (g.sum(|(b, _)| b.slots) + 10) / 20 * 10;
        (g.key.0, g.key.1, hours.clone(), window::rank().over(|w| w.order_by(hours.desc())))
    });
    let ranked = ranked.into_query().order_by(|(id, _, _, place)| (place.asc(), id.asc())).into_rows();
    let on_sqlite = "SELECT m.id, surname, (sum(slots) + 10) / 20 * 10, rank() OVER (ORDER BY (sum(slots) + 10) / 20 * 10 DESC) AS place
        FROM bookings b JOIN members m ON m.id = b.member_id GROUP BY m.id, surname ORDER BY place, m.id";
    let on_servers = "SELECT m.id, surname, CAST((sum(slots) + 10) DIV 20 * 10 AS SIGNED),
            rank() OVER (ORDER BY (sum(slots) + 10) DIV 20 * 10 DESC) AS place
        FROM bookings b JOIN members m ON m.id = b.member_id GROUP BY m.id, surname ORDER BY place, m.id";
    same_each(db, ranked, on_sqlite, on_servers).await
}

/// Facilities in three classes, by their revenue.
pub async fn thirds(db: &Database) -> orm::Result<()> {
    let parts = Booking::query().join(|b| b.facility()).group_by(|(_, f)| f.name).select(|g| {
        let revenue = g.sum(|(b, f)| cost(f, b));
        (g.key, window::ntile(3).over(|w| w.order_by(revenue.desc())))
    });
    let classes =
        parts.into_query().order_by(|(name, part)| (part.asc(), name.asc())).select(|(name, part)| {
            (name, case::<String>().when(part.eq(1), "high").when(part.eq(2), "average").otherwise("low"))
        });
    let by_hand = "SELECT name, CASE part WHEN 1 THEN 'high' WHEN 2 THEN 'average' ELSE 'low' END FROM (
            SELECT name, ntile(3) OVER (ORDER BY sum(slots * CASE member_id WHEN 0 THEN guest_cost ELSE member_cost END) DESC) AS part
            FROM bookings b JOIN facilities f ON f.id = b.facility_id GROUP BY name) AS parts ORDER BY part, name";
    same(db, classes, by_hand).await
}

/// The average of 15 days, for each day of August, over a calendar: a day without bookings counts as 0.
pub async fn rolling_average(db: &Database) -> orm::Result<()> {
    let days = values([day("2012-07-18")]).recursive("days", |days| {
        days.query().filter(|at| at.lt(day("2012-08-31"))).select(|at| at.add_days(1))
    });
    let per_day = days
        .query()
        .left_join_on::<Booking>(|at, b| b.starts_at.date().eq(at))
        .group_by(|(at, _)| at)
        .select(|g| (g.key, g.sum(|(_, b)| b.slots).coalesce(0)));
    let averages = per_day.into_query().select(|(at, slots)| {
        (at, window::avg(slots.cast::<f64>()).over(|w| w.order_by(at.asc()).rows(-14..=0)))
    });
    let august = averages
        .into_query()
        .filter(|(at, _)| at.ge(day("2012-08-01")))
        .order_by(|(at, _)| at.asc())
        .into_rows();
    let on_sqlite = "WITH RECURSIVE days (at) AS (
            SELECT '2012-07-18' UNION ALL SELECT date(at, '+1 day') FROM days WHERE at < '2012-08-31')
        SELECT * FROM (SELECT at, avg(coalesce(sum(slots), 0)) OVER (ORDER BY at ROWS 14 PRECEDING)
            FROM days LEFT JOIN bookings ON date(starts_at) = at GROUP BY at) WHERE at >= '2012-08-01' ORDER BY at";
    let on_servers = "WITH RECURSIVE days (at) AS (
            SELECT CAST('2012-07-18' AS DATE) UNION ALL SELECT at + INTERVAL 1 DAY FROM days WHERE at < '2012-08-31')
        SELECT * FROM (SELECT at, avg(coalesce(sum(slots), 0) + 0E0) OVER (ORDER BY at ROWS 14 PRECEDING)
            FROM days LEFT JOIN bookings ON DATE(starts_at) = at GROUP BY at) AS averages WHERE at >= '2012-08-01' ORDER BY at";
    same_each(db, august, on_sqlite, on_servers).await
}

/// The busiest hour of each day: the first of each group, where the groups are groups themselves.
pub async fn busiest_hours(db: &Database) -> orm::Result<()> {
    let hours = Booking::query().group_by(|b| (b.starts_at.date(), b.starts_at.hour())).select(|g| {
        let (at, hour) = g.key.clone();
        let place = window::row_number()
            .over(|w| w.partition_by(at.clone()).order_by((g.count().desc(), hour.clone().asc())));
        (at, hour, place)
    });
    let busiest = hours
        .into_query()
        .filter(|(.., place)| place.eq(1))
        .order_by(|(at, ..)| at.asc())
        .select(|(at, hour, _)| (at, hour));
    let by_hand = "SELECT at, hour FROM (
            SELECT at, hour, row_number() OVER (PARTITION BY at ORDER BY n DESC, hour) AS place FROM (
                SELECT SUBSTR(starts_at, 1, 10) AS at, CAST(SUBSTR(starts_at, 12, 2) AS SIGNED) AS hour, count(*) AS n
                FROM bookings GROUP BY 1, 2) AS hours) AS places WHERE place = 1 ORDER BY at";
    let on_servers = "SELECT CAST(at AS DATE), hour FROM (
            SELECT at, hour, row_number() OVER (PARTITION BY at ORDER BY n DESC, hour) AS place FROM (
                SELECT SUBSTR(starts_at, 1, 10) AS at, CAST(SUBSTR(starts_at, 12, 2) AS SIGNED) AS hour, count(*) AS n
                FROM bookings GROUP BY 1, 2) AS hours) AS places WHERE place = 1 ORDER BY at";
    same_each(db, busiest, by_hand, on_servers).await
}

/// The share of all half hours from 8:00 to 20:30 that are booked, in each month.
pub async fn utilisation(db: &Database) -> orm::Result<()> {
    let shares = Booking::query()
        .group_by(|b| (b.facility_id, b.starts_at.start_of_month()))
        .order_by(|g| (g.key.0.asc(), g.key.1.clone().asc()))
        .select(|g| {
            let days = g.key.1.clone().last_day_of_month().day();
            (g.key.0, (100.0 * g.sum(|b| b.slots).cast::<f64>() / (25.0 * days.cast::<f64>())).round(1))
        });
    let on_sqlite = "SELECT facility_id, round(100.0 * sum(slots) / (25.0 * strftime('%d', month, '+1 month', '-1 day')), 1)
        FROM (SELECT facility_id, slots, date(starts_at, 'start of month') AS month FROM bookings)
        GROUP BY facility_id, month ORDER BY facility_id, month";
    let on_servers = "SELECT facility_id, round(100E0 * sum(slots) / (25E0 * DAY(month)), 1)
        FROM (SELECT facility_id, slots, LAST_DAY(starts_at) AS month FROM bookings) AS months
        GROUP BY facility_id, month ORDER BY facility_id, month";
    same_each(db, shares, on_sqlite, on_servers).await
}

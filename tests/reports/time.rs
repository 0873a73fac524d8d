//! Reports over time.

use orm::prelude::*;
use orm::window::{self, Window};

use super::data::date;
use super::models::*;
use super::{net, same, same_each};

/// Running totals in a year, three-month moving averages, shares: window functions over groups.
pub async fn running_totals(db: &Database) -> orm::Result<()> {
    let months = OrderLine::query()
        .group_by(|l| (l.order().ordered_on.year(), l.order().ordered_on.month()))
        .select(|g| {
            let (year, month) = g.key.clone();
            let sum = g.sum(net);
            let of_year = |w: Window| w.partition_by(year.clone()).order_by(month.clone().asc());
            let so_far = window::sum(sum.clone()).over(of_year);
            let lately = window::avg(sum.clone())
                .over(|w| w.order_by((year.clone().asc(), month.clone().asc())).rows(-2..=0));
            let share = 100 * sum.clone() / window::sum(sum.clone()).over(|w| w.partition_by(year.clone()));
            let change = sum.clone() - window::lag(sum.clone(), 1).over(of_year);
            (year.clone(), month.clone(), sum, so_far, lately.round(2), share, change)
        })
        .into_query()
        .order_by(|(year, month, ..)| (year.asc(), month.asc()))
        .into_rows();
    let by_hand = "WITH months AS (
            SELECT CAST(SUBSTR(ordered_on, 1, 4) AS SIGNED) AS y, CAST(SUBSTR(ordered_on, 6, 2) AS SIGNED) AS m,
                sum(price * (1 - discount)) AS net
            FROM order_lines l JOIN orders o ON o.id = l.order_id GROUP BY 1, 2)
        SELECT y, m, CAST(ROUND(net, 4) AS CHAR), CAST(ROUND(sum(net) OVER (PARTITION BY y ORDER BY m), 4) AS CHAR),
            CAST(ROUND(avg(net) OVER (ORDER BY y, m ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), 2) AS CHAR),
            CAST(ROUND(100 * net / sum(net) OVER (PARTITION BY y), 6) AS CHAR),
            CAST(ROUND(net - lag(net) OVER (PARTITION BY y ORDER BY m), 4) AS CHAR)
        FROM months ORDER BY y, m";
    same(db, months, by_hand).await
}

/// A CTE joined with itself, a year earlier.
pub async fn year_over_year(db: &Database) -> orm::Result<()> {
    let months = OrderLine::query()
        .group_by(|l| (l.order().ordered_on.year(), l.order().ordered_on.month()))
        .select(|g| (g.key.0.clone(), g.key.1.clone(), g.sum(net)))
        .named("months");
    let growth = months
        .query()
        .left_join_rows(&months, |(year, month, _), (last, same, _)| last.eq(year - 1).and(same.eq(month)))
        .order_by(|((year, month, _), _)| (year.asc(), month.asc()))
        .select(|((year, month, now), (.., then))| (year, month, now, then, 100 * (now - then) / then));
    let by_hand = "WITH months AS (
            SELECT CAST(SUBSTR(ordered_on, 1, 4) AS SIGNED) AS y, CAST(SUBSTR(ordered_on, 6, 2) AS SIGNED) AS m,
                sum(price * (1 - discount)) AS net
            FROM order_lines l JOIN orders o ON o.id = l.order_id GROUP BY 1, 2)
        SELECT a.y, a.m, CAST(ROUND(a.net, 4) AS CHAR), CAST(ROUND(b.net, 4) AS CHAR),
            CAST(ROUND(100 * (a.net - b.net) / b.net, 6) AS CHAR)
        FROM months a LEFT JOIN months b ON b.y = a.y - 1 AND b.m = a.m ORDER BY a.y, a.m";
    same(db, growth, by_hand).await
}

/// Cohorts: how many of those who first came in a month came again this many months later.
pub async fn cohorts(db: &Database) -> orm::Result<()> {
    fn month_of(day: orm::Expr<NaiveDate, Nullable>) -> orm::Expr<i32, Nullable> {
        day.clone().year() * 12 + day.month()
    }
    let first = Order::query()
        .group_by(|o| o.customer_id)
        .select(|g| (g.key, g.min(|o| o.ordered_on)))
        .named("first");
    let cohorts = Order::query()
        .join_rows(&first, |o, (customer, _)| o.customer_id.eq(customer))
        .group_by(|(o, (_, first))| {
            let month = month_of(first.into());
            (month.clone(), month_of(o.ordered_on.into()) - month)
        })
        .order_by(|g| (g.key.0.clone().asc(), g.key.1.clone().asc()))
        .select(|g| (g.key.0.clone(), g.key.1.clone(), g.count_distinct(|(o, _)| o.customer_id)));
    let by_hand = "WITH months AS (
            SELECT customer_id, 12 * CAST(SUBSTR(ordered_on, 1, 4) AS SIGNED)
                + CAST(SUBSTR(ordered_on, 6, 2) AS SIGNED) AS m FROM orders),
        begun AS (SELECT customer_id, min(m) AS first FROM months GROUP BY customer_id)
        SELECT first, m - first, count(DISTINCT months.customer_id)
        FROM months JOIN begun ON begun.customer_id = months.customer_id GROUP BY 1, 2 ORDER BY 1, 2";
    same(db, cohorts, by_hand).await
}

/// Each day of a month, including those without orders.
pub async fn calendar(db: &Database) -> orm::Result<()> {
    let days = values([date(2024, 1, 1)]).recursive("days", |days| {
        days.query().filter(|day| day.lt(date(2024, 1, 31))).select(|day| day.add_days(1))
    });
    let counts = days
        .query()
        .left_join_on::<Order>(|day, o| o.ordered_on.eq(day))
        .group_by(|(day, _)| day)
        .order_by(|g| g.key.asc())
        .select(|g| (g.key, g.count_of(|(_, o)| o.id)));
    let on_sqlite = "WITH RECURSIVE days (day) AS (
            SELECT '2024-01-01' UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < '2024-01-31')
        SELECT day, count(o.id) FROM days LEFT JOIN orders o ON o.ordered_on = day GROUP BY day ORDER BY day";
    let on_servers = "WITH RECURSIVE days (day) AS (
            SELECT CAST('2024-01-01' AS DATE) UNION ALL SELECT day + INTERVAL 1 DAY FROM days WHERE day < '2024-01-31')
        SELECT day, count(o.id) FROM days LEFT JOIN orders o ON o.ordered_on = day GROUP BY day ORDER BY day";
    same_each(db, counts, on_sqlite, on_servers).await
}

/// Visits less than an hour apart belong to one session: each that starts a session counts, and the running count
/// numbers them.
pub async fn visits(db: &Database) -> orm::Result<()> {
    let in_order =
        |w: Window, v: VisitFields| w.partition_by(v.customer_id).order_by((v.seen_at.asc(), v.id.asc()));
    let marked = Visit::query().select(|v| {
        let before: orm::Expr<_, Nullable> = window::lag(v.seen_at, 1).over(|w| in_order(w, v)).into();
        let goes_on = v.seen_at.seconds_since(before).le(3_600);
        (v, case::<i64>().when(goes_on, 0).otherwise(1))
    });
    let numbered =
        marked.into_query().select(|(v, begins)| (v, window::sum(begins).over(|w| in_order(w, v))));
    let visits = numbered
        .into_query()
        .group_by(|(v, number)| (v.customer_id, number))
        .order_by(|g| (g.key.0.asc(), g.key.1.asc()))
        .select(|g| (g.key.0, g.key.1, g.count(), g.min(|(v, _)| v.seen_at), g.max(|(v, _)| v.seen_at)));
    let on_sqlite = "SELECT customer_id, number, count(*), min(seen_at), max(seen_at) FROM (
            SELECT *, sum(begins) OVER (PARTITION BY customer_id ORDER BY seen_at, id) AS number FROM (
                SELECT *, unixepoch(seen_at) - unixepoch(lag(seen_at) OVER (PARTITION BY customer_id
                    ORDER BY seen_at, id)) > 3600 IS NOT FALSE AS begins FROM visits) AS marked) AS numbered
        GROUP BY customer_id, number ORDER BY 1, 2";
    let on_servers = "SELECT customer_id, CAST(number AS SIGNED), count(*), min(seen_at), max(seen_at) FROM (
            SELECT *, sum(begins) OVER (PARTITION BY customer_id ORDER BY seen_at, id) AS number FROM (
                SELECT visits.*, (TIMESTAMPDIFF(SECOND, lag(seen_at) OVER (PARTITION BY customer_id
                    ORDER BY seen_at, id), seen_at) > 3600) IS NOT FALSE AS begins FROM visits) AS marked) AS numbered
        GROUP BY customer_id, number ORDER BY 1, 2";
    same_each(db, visits, on_sqlite, on_servers).await
}

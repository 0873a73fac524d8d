//! Shipping.

use orm::prelude::*;
use orm::window;

use super::models::*;
use super::{net, same, same_each};

/// Two counts over the same groups.
pub async fn late_by_urgency(db: &Database) -> orm::Result<()> {
    fn is_urgent(l: OrderLineFields) -> Condition {
        l.order().urgency.is_in([Urgency::Urgent, Urgency::High])
    }
    let counts = OrderLine::query()
        .filter(|l| l.carrier.is_in(["mail", "ship"]).and(l.received_on.year().eq(2024)))
        .filter(|l| l.promised_on.lt(l.received_on).and(l.shipped_on.lt(l.promised_on)))
        .group_by(|l| l.carrier)
        .order_by(|g| g.key.asc())
        .select(|g| (g.key, g.filter(is_urgent).count(), g.filter(|l| is_urgent(l).not()).count()));
    let by_hand =
        "SELECT carrier, CAST(sum(CASE WHEN o.urgency IN ('urgent', 'high') THEN 1 ELSE 0 END) AS SIGNED),
            CAST(sum(CASE WHEN o.urgency NOT IN ('urgent', 'high') THEN 1 ELSE 0 END) AS SIGNED)
        FROM order_lines l JOIN orders o ON o.id = l.order_id
        WHERE carrier IN ('mail', 'ship') AND promised_on < received_on AND shipped_on < promised_on
        AND received_on BETWEEN '2024-01-01' AND '2024-12-31' GROUP BY carrier ORDER BY carrier";
    same(db, counts, by_hand).await
}

/// EXISTS: there is a related row.
pub async fn overdue_orders(db: &Database) -> orm::Result<()> {
    let counts = Order::query()
        .filter(|o| o.ordered_on.year().eq(2024).and(o.ordered_on.quarter().le(2)))
        .filter(|o| o.lines().any(|l| l.promised_on.lt(l.received_on)))
        .group_by(|o| o.urgency)
        .order_by(|g| g.key.asc())
        .select(|g| (g.key, g.count()));
    let by_hand = "SELECT urgency, count(*) FROM orders o
        WHERE ordered_on >= '2024-01-01' AND ordered_on < '2024-07-01' AND EXISTS (
            SELECT * FROM order_lines l WHERE l.order_id = o.id AND l.promised_on < l.received_on)
        GROUP BY urgency ORDER BY urgency";
    same(db, counts, by_hand).await
}

/// A pivot: one column per year.
pub async fn by_year(db: &Database) -> orm::Result<()> {
    let rows = OrderLine::query().group_by(|l| l.carrier).order_by(|g| g.key.asc()).select(|g| {
        let of = |year: i32| g.filter(|l| l.order().ordered_on.year().eq(year)).sum(net).coalesce(0);
        (g.key, of(2023), of(2024), of(2025), g.sum(net))
    });
    let by_hand = "SELECT carrier,
            CAST(ROUND(sum(CASE WHEN o.ordered_on LIKE '2023%' THEN price * (1 - discount) ELSE 0 END), 4) AS CHAR),
            CAST(ROUND(sum(CASE WHEN o.ordered_on LIKE '2024%' THEN price * (1 - discount) ELSE 0 END), 4) AS CHAR),
            CAST(ROUND(sum(CASE WHEN o.ordered_on LIKE '2025%' THEN price * (1 - discount) ELSE 0 END), 4) AS CHAR),
            CAST(ROUND(sum(price * (1 - discount)), 4) AS CHAR)
        FROM order_lines l JOIN orders o ON o.id = l.order_id GROUP BY carrier ORDER BY carrier";
    same(db, rows, by_hand).await
}

/// Gaps and islands: for consecutive days, the day minus its row number is constant.
pub async fn days_in_a_row(db: &Database) -> orm::Result<()> {
    let days = OrderLine::query()
        .filter(|l| l.carrier.is_in(["air", "rail"]))
        .distinct()
        .select(|l| (l.carrier, l.shipped_on));
    let islands = days.into_query().select(|(carrier, day)| {
        let number = window::row_number().over(|w| w.partition_by(carrier).order_by(day.asc()));
        (carrier, day, day.add_days(-number))
    });
    let rows = islands
        .into_query()
        .group_by(|(carrier, _, island)| (carrier, island))
        .having(|g| g.count().ge(3))
        .order_by(|g| (g.key.0.asc(), g.key.1.asc()))
        .select(|g| (g.key.0, g.min(|(_, day, _)| day), g.max(|(_, day, _)| day), g.count()));
    let on_sqlite = "SELECT carrier, min(day), max(day), count(*) FROM (
            SELECT carrier, day, julianday(day) - row_number() OVER (PARTITION BY carrier ORDER BY day) AS island
            FROM (SELECT DISTINCT carrier, shipped_on AS day FROM order_lines WHERE carrier IN ('air', 'rail')) AS days
            ) AS islands
        GROUP BY carrier, island HAVING count(*) >= 3 ORDER BY carrier, 2";
    let on_servers = "SELECT carrier, min(day), max(day), count(*) FROM (
            SELECT carrier, day, TO_DAYS(day) - row_number() OVER (PARTITION BY carrier ORDER BY day) AS island
            FROM (SELECT DISTINCT carrier, shipped_on AS day FROM order_lines WHERE carrier IN ('air', 'rail')) AS days
            ) AS islands
        GROUP BY carrier, island HAVING count(*) >= 3 ORDER BY carrier, 2";
    same_each(db, rows, on_sqlite, on_servers).await
}

/// The median of the ordered rows, and the 90th percentile.
pub async fn median_and_percentile(db: &Database) -> orm::Result<()> {
    let placed = OrderLine::query().select(|l| {
        let place = window::row_number()
            .over(|w| w.partition_by(l.carrier).order_by((l.quantity.asc(), l.order_id.asc())));
        let count = window::count().over(|w| w.partition_by(l.carrier));
        (l.carrier, l.quantity, place, count)
    });
    let medians = placed
        .into_query()
        .filter(|(_, _, place, count)| place.between((count + 1) / 2, (count + 2) / 2))
        .group_by(|(carrier, ..)| carrier)
        .order_by(|g| g.key.asc())
        .select(|g| (g.key, g.avg(|(_, quantity, ..)| quantity)));
    let by_hand = "SELECT carrier, avg(quantity) FROM (
            SELECT carrier, quantity, row_number() OVER (PARTITION BY carrier ORDER BY quantity, order_id) AS place,
                count(*) OVER (PARTITION BY carrier) AS n
            FROM order_lines) AS placed
        WHERE place >= n / 2.0 AND place <= n / 2.0 + 1 GROUP BY carrier ORDER BY carrier";
    same(db, medians, by_hand).await?;

    let shares = OrderLine::query().select(|l| {
        let share = window::cume_dist().over(|w| w.partition_by(l.carrier).order_by(l.quantity.asc()));
        (l.carrier, l.quantity, share)
    });
    let ninth_tenths = shares
        .into_query()
        .filter(|(.., share)| share.ge(0.9))
        .group_by(|(carrier, ..)| carrier)
        .order_by(|g| g.key.asc())
        .select(|g| (g.key, g.min(|(_, quantity, _)| quantity)));
    let by_hand = "SELECT carrier, min(quantity) FROM (
            SELECT carrier, quantity, cume_dist() OVER (PARTITION BY carrier ORDER BY quantity) AS share
            FROM order_lines) AS shares
        WHERE share >= 0.9 GROUP BY carrier ORDER BY carrier";
    same(db, ninth_tenths, by_hand).await
}

/// Groups by an expression over two tables.
pub async fn days_until_shipped(db: &Database) -> orm::Result<()> {
    let counts = OrderLine::query()
        .group_by(|l| {
            let days = l.shipped_on.days_since(l.order().ordered_on);
            case::<String>().when(days.clone().le(30), "a month").when(days.le(60), "two").otherwise("more")
        })
        .order_by(|g| g.key.clone().asc())
        .select(|g| (g.key.clone(), g.count()));
    let on_sqlite =
        "SELECT CASE WHEN days <= 30 THEN 'a month' WHEN days <= 60 THEN 'two' ELSE 'more' END, count(*)
        FROM (SELECT julianday(shipped_on) - julianday(ordered_on) AS days
            FROM order_lines l JOIN orders o ON o.id = l.order_id) AS lines GROUP BY 1 ORDER BY 1";
    let on_servers =
        "SELECT CASE WHEN days <= 30 THEN 'a month' WHEN days <= 60 THEN 'two' ELSE 'more' END, count(*)
        FROM (SELECT DATEDIFF(shipped_on, ordered_on) AS days
            FROM order_lines l JOIN orders o ON o.id = l.order_id) AS shipped GROUP BY 1 ORDER BY 1";
    same_each(db, counts, on_sqlite, on_servers).await
}

/// Groups, subtotals and the grand total: with UNION, and WITH ROLLUP where the server supports it.
pub async fn with_totals(db: &Database) -> orm::Result<()> {
    let groups = || OrderLine::query().group_by(|l| (l.supplier().nation().name, l.carrier));
    let sums = groups().select(|g| (g.key.0, g.key.1, g.sum(|l| l.quantity))).named("sums");
    let each = sums.query().select(|(nation, carrier, sum)| (nation.or_null(), carrier.or_null(), sum));
    let of_nations = sums
        .query()
        .group_by(|(nation, ..)| nation)
        .select(|g| (g.key.or_null(), null::<String>(), g.sum(|(.., sum)| sum)));
    let of_all = sums.query().aggregate(|g| (null::<String>(), null::<String>(), g.sum(|(.., sum)| sum)));
    let by_hand = "SELECT * FROM (
            SELECT n.name, carrier, CAST(sum(quantity) AS SIGNED) AS q FROM order_lines l
            JOIN suppliers s ON s.id = l.supplier_id JOIN nations n ON n.id = s.nation_id GROUP BY n.name, carrier
            UNION ALL SELECT n.name, NULL, CAST(sum(quantity) AS SIGNED) FROM order_lines l
            JOIN suppliers s ON s.id = l.supplier_id JOIN nations n ON n.id = s.nation_id GROUP BY n.name
            UNION ALL SELECT NULL, NULL, CAST(sum(quantity) AS SIGNED) FROM order_lines) AS totals
        ORDER BY name IS NULL, name, carrier IS NULL, carrier";
    let mut ways = vec![each.union_all(of_nations).union_all(of_all)];
    if db.dialect().name != "SQLite" {
        ways.push(groups().with_rollup().select(|g| (g.key.0, g.key.1, g.sum(|l| l.quantity))));
    }
    for way in ways {
        let in_order = way
            .into_query()
            .order_by(|(nation, carrier, _)| (nation.asc().nulls_last(), carrier.asc().nulls_last()))
            .into_rows();
        same(db, in_order, by_hand).await?;
    }
    Ok(())
}

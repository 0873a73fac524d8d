//! Sales.

use orm::prelude::*;

use super::data::date;
use super::models::*;
use super::{net, same};

/// Many aggregates over the same groups.
pub async fn by_return_and_carrier(db: &Database) -> orm::Result<()> {
    let lines = OrderLine::query()
        .filter(|l| l.shipped_on.le(date(2025, 6, 1)))
        .group_by(|l| (l.returned, l.carrier))
        .order_by(|g| (g.key.0.asc(), g.key.1.asc()))
        .select(|g| {
            let gross = g.sum(|l| net(l) * (1 + l.tax));
            let averages = (g.avg(|l| l.quantity), g.avg(|l| l.price), g.avg(|l| l.discount));
            let sums = (g.sum(|l| l.quantity), g.sum(|l| l.price), g.sum(net));
            (g.key.0, g.key.1, sums.0, sums.1, sums.2, gross, averages.0, averages.1, averages.2, g.count())
        });
    let by_hand =
        "SELECT returned, carrier, CAST(sum(quantity) AS SIGNED), CAST(ROUND(sum(price), 2) AS CHAR),
            CAST(ROUND(sum(price * (1 - discount)), 4) AS CHAR),
            CAST(ROUND(sum(price * (1 - discount) * (1 + tax)), 6) AS CHAR), avg(quantity),
            CAST(ROUND(avg(price), 6) AS CHAR), CAST(ROUND(avg(discount), 6) AS CHAR), count(*)
        FROM order_lines WHERE shipped_on <= '2025-06-01'
        GROUP BY returned, carrier ORDER BY returned, carrier";
    same(db, lines, by_hand).await
}

/// A single number: the cost of medium discounts.
pub async fn in_process_forecast(db: &Database) -> orm::Result<()> {
    let (low, high) = (Decimal::new(5, 2), Decimal::new(7, 2));
    let saved = OrderLine::query()
        .filter(|l| l.shipped_on.year().eq(2024).and(l.discount.between(low, high)).and(l.quantity.lt(24)))
        .aggregate(|g| g.sum(|l| l.price * l.discount));
    let by_hand = "SELECT CAST(ROUND(sum(price * discount), 4) AS CHAR) FROM order_lines
        WHERE shipped_on BETWEEN '2024-01-01' AND '2024-12-31' AND discount BETWEEN 0.05 AND 0.07 AND quantity < 24";
    same(db, saved, by_hand).await
}

/// The largest groups of a join.
pub async fn largest_open(db: &Database) -> orm::Result<()> {
    let day = date(2024, 3, 15);
    let orders = OrderLine::query()
        .join(|l| l.order())
        .filter(|(l, o)| {
            o.customer().segment.eq("racing").and(o.ordered_on.lt(day)).and(l.shipped_on.gt(day))
        })
        .group_by(|(_, o)| (o.id, o.ordered_on))
        .order_by(|g| (g.sum(|(l, _)| net(l)).desc(), g.key.1.asc()))
        .limit(10)
        .select(|g| (g.key.0, g.sum(|(l, _)| net(l)), g.key.1));
    let by_hand = "SELECT o.id, CAST(ROUND(sum(l.price * (1 - l.discount)), 4) AS CHAR), o.ordered_on
        FROM customers c JOIN orders o ON o.customer_id = c.id JOIN order_lines l ON l.order_id = o.id
        WHERE c.segment = 'racing' AND o.ordered_on < '2024-03-15' AND l.shipped_on > '2024-03-15'
        GROUP BY o.id, o.ordered_on ORDER BY sum(l.price * (1 - l.discount)) DESC, o.ordered_on LIMIT 10";
    same(db, orders, by_hand).await
}

/// A percentage, by a filtered aggregate.
pub async fn of_campaigns(db: &Database) -> orm::Result<()> {
    let share = OrderLine::query()
        .filter(|l| l.shipped_on.ge(date(2024, 9, 1)).and(l.shipped_on.lt(date(2024, 10, 1))))
        .aggregate(|g| 100 * g.filter(|l| l.part().kind.starts_with("promo")).sum(net) / g.sum(net));
    let by_hand = "SELECT CAST(ROUND(100.0 * sum(CASE WHEN p.kind LIKE 'promo%' THEN l.price * (1 - l.discount) ELSE 0 END)
            / sum(l.price * (1 - l.discount)), 6) AS CHAR)
        FROM order_lines l JOIN parts p ON p.id = l.part_id
        WHERE l.shipped_on >= '2024-09-01' AND l.shipped_on < '2024-10-01'";
    same(db, share, by_hand).await
}

/// The same table twice, at the ends of two relations.
pub async fn between_two_nations(db: &Database) -> orm::Result<()> {
    let trade = OrderLine::query()
        .filter(|l| {
            let (from, to) = (l.supplier().nation().name, l.order().customer().nation().name);
            (from.eq("France").and(to.eq("Germany"))).or(from.eq("Germany").and(to.eq("France")))
        })
        .filter(|l| l.shipped_on.between(date(2024, 1, 1), date(2025, 12, 31)))
        .group_by(|l| (l.supplier().nation().name, l.order().customer().nation().name, l.shipped_on.year()))
        .order_by(|g| (g.key.0.asc(), g.key.1.asc(), g.key.2.clone().asc()))
        .select(|g| (g.key.0, g.key.1, g.key.2.clone(), g.sum(net)));
    let by_hand = "SELECT s_n.name, c_n.name, CAST(SUBSTR(l.shipped_on, 1, 4) AS SIGNED),
            CAST(ROUND(sum(l.price * (1 - l.discount)), 4) AS CHAR)
        FROM order_lines l JOIN orders o ON o.id = l.order_id
        JOIN customers c ON c.id = o.customer_id JOIN nations c_n ON c_n.id = c.nation_id
        JOIN suppliers s ON s.id = l.supplier_id JOIN nations s_n ON s_n.id = s.nation_id
        WHERE (s_n.name = 'France' AND c_n.name = 'Germany' OR s_n.name = 'Germany' AND c_n.name = 'France')
        AND l.shipped_on BETWEEN '2024-01-01' AND '2025-12-31'
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";
    same(db, trade, by_hand).await
}

/// A share by year, over six tables.
pub async fn share_of_a_nation(db: &Database) -> orm::Result<()> {
    let shares = OrderLine::query()
        .filter(|l| {
            l.order().customer().nation().region().name.eq("America").and(l.part().kind.contains("steel"))
        })
        .group_by(|l| l.order().ordered_on.year())
        .order_by(|g| g.key.clone().asc())
        .select(|g| {
            let of_brazil = g.filter(|l| l.supplier().nation().name.eq("Brazil")).sum(net);
            (g.key.clone(), of_brazil.coalesce(0) / g.sum(net))
        });
    let by_hand = "SELECT CAST(SUBSTR(o.ordered_on, 1, 4) AS SIGNED),
            CAST(ROUND(sum(CASE WHEN s_n.name = 'Brazil' THEN l.price * (1 - l.discount) ELSE 0 END)
                / sum(l.price * (1 - l.discount)), 6) AS CHAR)
        FROM order_lines l JOIN parts p ON p.id = l.part_id JOIN orders o ON o.id = l.order_id
        JOIN customers c ON c.id = o.customer_id JOIN nations n ON n.id = c.nation_id
        JOIN regions r ON r.id = n.region_id
        JOIN suppliers s ON s.id = l.supplier_id JOIN nations s_n ON s_n.id = s.nation_id
        WHERE r.name = 'America' AND p.kind LIKE '%steel%' GROUP BY 1 ORDER BY 1";
    same(db, shares, by_hand).await
}

/// A composite foreign key; integers among decimals.
pub async fn profit_of_a_colour(db: &Database) -> orm::Result<()> {
    let profit = |l: OrderLineFields| net(l) - l.offer().cost * l.quantity.cast::<Decimal>();
    let profits = OrderLine::query()
        .filter(|l| l.part().name.contains("green"))
        .group_by(|l| (l.supplier().nation().name, l.order().ordered_on.year()))
        .order_by(|g| (g.key.0.asc(), g.key.1.clone().desc()))
        .select(|g| (g.key.0, g.key.1.clone(), g.sum(profit)));
    let by_hand = "SELECT n.name, CAST(SUBSTR(o.ordered_on, 1, 4) AS SIGNED),
            CAST(ROUND(sum(l.price * (1 - l.discount) - f.cost * l.quantity), 4) AS CHAR)
        FROM order_lines l JOIN parts p ON p.id = l.part_id JOIN orders o ON o.id = l.order_id
        JOIN offers f ON f.part_id = l.part_id AND f.supplier_id = l.supplier_id
        JOIN suppliers s ON s.id = l.supplier_id JOIN nations n ON n.id = s.nation_id
        WHERE p.name LIKE '%green%' GROUP BY 1, 2 ORDER BY 1, 2 DESC";
    same(db, profits, by_hand).await
}

/// OR of several conditions, built from a list.
pub async fn of_three_kinds(db: &Database) -> orm::Result<()> {
    let kinds = [
        ("brand 1", ["box", "bag"], 1..=11, 5),
        ("brand 2", ["bag", "crate"], 10..=20, 8),
        ("brand 3", ["crate", "box"], 20..=30, 9),
    ];
    let sum = OrderLine::query()
        .join(|l| l.part())
        .filter(|(l, p)| {
            any_of(kinds.map(|(brand, packings, quantity, size)| {
                let of_kind = p.brand.eq(brand).and(p.packing.is_in(packings)).and(p.size.between(1, size));
                of_kind.and(l.quantity.between(quantity.start(), quantity.end()))
            }))
        })
        .filter(|(l, _)| l.carrier.is_in(["air", "truck"]))
        .aggregate(|g| g.sum(|(l, _)| net(l)));
    let by_hand = "SELECT CAST(ROUND(sum(price * (1 - discount)), 4) AS CHAR)
        FROM order_lines l JOIN parts p ON p.id = l.part_id WHERE l.carrier IN ('air', 'truck') AND (
            p.brand = 'brand 1' AND p.packing IN ('box', 'bag') AND l.quantity BETWEEN 1 AND 11 AND p.size BETWEEN 1 AND 5
            OR p.brand = 'brand 2' AND p.packing IN ('bag', 'crate') AND l.quantity BETWEEN 10 AND 20
                AND p.size BETWEEN 1 AND 8
            OR p.brand = 'brand 3' AND p.packing IN ('crate', 'box') AND l.quantity BETWEEN 20 AND 30
                AND p.size BETWEEN 1 AND 9)";
    same(db, sum, by_hand).await
}

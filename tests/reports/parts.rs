//! Products.

use orm::prelude::*;
use orm::window;

use super::models::*;
use super::{net, same};

/// Rows that are small compared to the average of their part.
pub async fn small_orders(db: &Database) -> orm::Result<()> {
    let usual = |l: OrderLineFields| {
        let of_part = OrderLine::query().filter(move |other| other.part_id.eq(l.part_id));
        of_part.aggregate(|g| g.avg(|other| other.quantity)).scalar()
    };
    let yearly = OrderLine::query()
        .filter(|l| l.part().brand.eq("brand 2").and(l.part().packing.eq("box")))
        .filter(|l| l.quantity.cast::<f64>().lt(usual(l) / 2.0))
        .aggregate(|g| g.sum(|l| l.price) / 7);
    let by_hand = "SELECT CAST(ROUND(sum(l.price) / 7.0, 6) AS CHAR) FROM order_lines l JOIN parts p ON p.id = l.part_id
        WHERE p.brand = 'brand 2' AND p.packing = 'box'
        AND l.quantity < (SELECT 0.5 * avg(quantity) FROM order_lines o WHERE o.part_id = p.id)";
    same(db, yearly, by_hand).await
}

/// The top two of each group of groups.
pub async fn best_of_each_brand(db: &Database) -> orm::Result<()> {
    let ranked = OrderLine::query().group_by(|l| (l.part().brand, l.part_id)).select(|g| {
        let place = window::rank().over(|w| w.partition_by(g.key.0).order_by(g.sum(net).desc()));
        let of_brand = window::sum(g.sum(net)).over(|w| w.partition_by(g.key.0));
        (g.key.0, g.key.1, place, 100 * g.sum(net) / of_brand)
    });
    let best = ranked
        .into_query()
        .filter(|(_, _, place, _)| place.le(2))
        .order_by(|(brand, _, place, _)| (brand.asc(), place.asc()))
        .into_rows();
    let by_hand = "SELECT brand, part_id, place, CAST(ROUND(100.0 * net / of_brand, 6) AS CHAR) FROM (
            SELECT p.brand, l.part_id, sum(price * (1 - discount)) AS net,
                rank() OVER (PARTITION BY p.brand ORDER BY sum(price * (1 - discount)) DESC) AS place,
                sum(sum(price * (1 - discount))) OVER (PARTITION BY p.brand) AS of_brand
            FROM order_lines l JOIN parts p ON p.id = l.part_id GROUP BY p.brand, l.part_id) AS ranked
        WHERE place <= 2 ORDER BY brand, place";
    same(db, best, by_hand).await
}

/// All materials of a part, down to elementary ones, with a recursive CTE: quantities multiply along the way.
pub async fn materials(db: &Database) -> orm::Result<()> {
    let pieces = Piece::query().filter(|p| p.whole_id.eq(1)).select(|p| (p.part_id, p.amount));
    let materials = pieces.recursive("materials", |found| {
        let next = Piece::query().join_rows(found, |p, (part, _)| p.whole_id.eq(part));
        next.select(|(p, (_, amount))| (p.part_id, p.amount * amount))
    });
    let basic = materials
        .query()
        .filter(|(part, _)| Piece::query().filter(|p| p.whole_id.eq(part)).is_absent())
        .group_by(|(part, _)| part)
        .order_by(|g| g.key.asc())
        .select(|g| (g.key, g.sum(|(_, amount)| amount)));
    let by_hand = "WITH RECURSIVE materials (part, amount) AS (
            SELECT part_id, amount FROM pieces WHERE whole_id = 1
            UNION ALL SELECT p.part_id, p.amount * m.amount FROM pieces p JOIN materials m ON p.whole_id = m.part)
        SELECT part, CAST(sum(amount) AS SIGNED) FROM materials
        WHERE NOT EXISTS (SELECT * FROM pieces p WHERE p.whole_id = part) GROUP BY part ORDER BY part";
    same(db, basic, by_hand).await
}

/// Two years side by side, with a full join: parts sold in only one of them are included.
pub async fn in_two_years(db: &Database) -> orm::Result<()> {
    let of = |year: i32| {
        let lines = OrderLine::query().filter(|l| l.quantity.gt(45));
        let lines = lines.filter(move |l| l.order().ordered_on.year().eq(year));
        lines.group_by(|l| l.part_id).select(|g| (g.key, g.sum(net)))
    };
    let both = of(2023)
        .into_query()
        .full_join_rows(of(2024), |(part, _), (other, _)| part.eq(other))
        .order_by(|((part, _), (other, _))| part.coalesce(other).asc())
        .select(|((part, then), (other, now))| (part.coalesce(other), then, now));
    let by_hand = "WITH years AS (
            SELECT part_id, SUBSTR(ordered_on, 1, 4) AS year, ROUND(sum(price * (1 - discount)), 4) AS net
            FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE quantity > 45 GROUP BY 1, 2)
        SELECT part_id, CAST(max(CASE WHEN year = '2023' THEN net END) AS CHAR),
            CAST(max(CASE WHEN year = '2024' THEN net END) AS CHAR)
        FROM years WHERE year IN ('2023', '2024') GROUP BY part_id ORDER BY part_id";
    same(db, both, by_hand).await
}

/// Several counts in one row, of one table and of several.
pub async fn counted_side_by_side(db: &Database) -> orm::Result<()> {
    let rows = OrderLine::query().aggregate(|g| {
        let of = |least: i32, most: i32| g.filter(|l| l.quantity.between(least, most)).count();
        (of(1, 20), of(21, 40), of(41, 60), Part::query().aggregate(|g| g.count()).scalar())
    });
    let by_hand = "SELECT (SELECT count(*) FROM order_lines WHERE quantity BETWEEN 1 AND 20),
        (SELECT count(*) FROM order_lines WHERE quantity BETWEEN 21 AND 40),
        (SELECT count(*) FROM order_lines WHERE quantity BETWEEN 41 AND 60), (SELECT count(*) FROM parts)";
    same(db, rows, by_hand).await
}

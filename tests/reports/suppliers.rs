//! Suppliers.

use orm::prelude::*;

use super::data::date;
use super::models::*;
use super::{net, same};

/// The cheapest row of each part, by a correlated subquery.
pub async fn cheapest(db: &Database) -> orm::Result<()> {
    fn in_europe(o: OfferFields) -> Condition {
        o.supplier().nation().region().name.eq("Europe")
    }
    let least = |o: OfferFields| {
        let of_part = Offer::query().filter(move |other| other.part_id.eq(o.part_id)).filter(in_europe);
        of_part.aggregate(|g| g.min(|other| other.cost)).scalar()
    };
    let offers = Offer::query()
        .filter(|o| o.part().size.le(5).and(o.part().kind.ends_with("brass")))
        .filter(in_europe)
        .filter(|o| o.cost.eq(least(o)))
        .order_by(|o| (o.supplier().balance.desc(), o.supplier().name.asc(), o.part_id.asc()))
        .limit(100)
        .select(|o| (o.supplier().balance, o.supplier().name, o.supplier().nation().name, o.part_id, o.cost));
    let by_hand = "SELECT s.balance, s.name, n.name, o.part_id, o.cost
        FROM parts p JOIN offers o ON o.part_id = p.id JOIN suppliers s ON s.id = o.supplier_id
        JOIN nations n ON n.id = s.nation_id JOIN regions r ON r.id = n.region_id
        WHERE p.size <= 5 AND p.kind LIKE '%brass' AND r.name = 'Europe' AND o.cost = (
            SELECT min(o2.cost) FROM offers o2 JOIN suppliers s2 ON s2.id = o2.supplier_id
            JOIN nations n2 ON n2.id = s2.nation_id JOIN regions r2 ON r2.id = n2.region_id
            WHERE o2.part_id = p.id AND r2.name = 'Europe')
        ORDER BY s.balance DESC, s.name, o.part_id LIMIT 100";
    same(db, offers, by_hand).await
}

/// Groups that are large compared to all rows.
pub async fn worth_of_stock(db: &Database) -> orm::Result<()> {
    let worth = |o: OfferFields| o.cost * o.stock.cast::<Decimal>();
    let german = || Offer::query().filter(|o| o.supplier().nation().name.eq("Germany"));
    let parts = german()
        .group_by(|o| o.part_id)
        .having(|g| g.sum(worth).gt(german().aggregate(|g| g.sum(worth) * 3 / 100).scalar()))
        .order_by(|g| g.sum(worth).desc())
        .select(|g| (g.key, g.sum(worth)));
    let by_hand = "SELECT o.part_id, CAST(ROUND(sum(o.cost * o.stock), 2) AS CHAR)
        FROM offers o JOIN suppliers s ON s.id = o.supplier_id JOIN nations n ON n.id = s.nation_id
        WHERE n.name = 'Germany' GROUP BY o.part_id HAVING sum(o.cost * o.stock) > (
            SELECT sum(o.cost * o.stock) * 0.03 FROM offers o JOIN suppliers s ON s.id = o.supplier_id
            JOIN nations n ON n.id = s.nation_id WHERE n.name = 'Germany')
        ORDER BY sum(o.cost * o.stock) DESC";
    same(db, parts, by_hand).await
}

/// A CTE, joined, and read once more for its maximum.
pub async fn best_of_a_quarter(db: &Database) -> orm::Result<()> {
    let revenue = OrderLine::query()
        .filter(|l| l.shipped_on.ge(date(2024, 1, 1)).and(l.shipped_on.lt(date(2024, 4, 1))))
        .group_by(|l| l.supplier_id)
        .select(|g| (g.key, g.sum(net)))
        .named("revenue");
    let greatest = revenue.query().aggregate(|g| g.max(|(_, sum)| sum)).scalar();
    let best = Supplier::query()
        .join_rows(&revenue, |s, (supplier, _)| s.id.eq(supplier))
        .filter(|(_, (_, sum))| sum.eq(greatest))
        .order_by(|(s, _)| s.id.asc())
        .select(|(s, (_, sum))| (s.id, s.name, sum));
    let by_hand = "WITH revenue AS (
            SELECT supplier_id, sum(price * (1 - discount)) AS net FROM order_lines
            WHERE shipped_on >= '2024-01-01' AND shipped_on < '2024-04-01' GROUP BY supplier_id)
        SELECT s.id, s.name, CAST(ROUND(net, 4) AS CHAR) FROM suppliers s JOIN revenue ON supplier_id = s.id
        WHERE net = (SELECT max(net) FROM revenue) ORDER BY s.id";
    same(db, best, by_hand).await
}

/// COUNT DISTINCT; rows not listed by a subquery.
pub async fn without_complaints(db: &Database) -> orm::Result<()> {
    let complained_of =
        Supplier::query().filter(|s| s.remark.like("%customers%complaints%")).select(|s| s.id);
    let counts = Offer::query()
        .join(|o| o.part())
        .filter(|(_, p)| p.brand.ne("brand 4").and(p.kind.starts_with("economy").not()))
        .filter(|(o, p)| p.size.is_in([1, 2, 3, 5, 8]).and(o.supplier_id.not_in(complained_of)))
        .group_by(|(_, p)| (p.brand, p.kind, p.size))
        .order_by(|g| {
            (g.count_distinct(|(o, _)| o.supplier_id).desc(), g.key.0.asc(), g.key.1.asc(), g.key.2.asc())
        })
        .select(|g| (g.key.0, g.key.1, g.key.2, g.count_distinct(|(o, _)| o.supplier_id)));
    let by_hand = "SELECT p.brand, p.kind, p.size, count(DISTINCT o.supplier_id) AS n
        FROM offers o JOIN parts p ON p.id = o.part_id
        WHERE p.brand <> 'brand 4' AND p.kind NOT LIKE 'economy%' AND p.size IN (1, 2, 3, 5, 8)
        AND o.supplier_id NOT IN (SELECT id FROM suppliers WHERE remark LIKE '%customers%complaints%')
        GROUP BY p.brand, p.kind, p.size ORDER BY n DESC, p.brand, p.kind, p.size";
    same(db, counts, by_hand).await
}

/// Subqueries two levels deep: the stock of a part is more than half of what was sold of it.
pub async fn with_more_than_is_sold(db: &Database) -> orm::Result<()> {
    let sold = |o: OfferFields| {
        let lines =
            OrderLine::query().filter(move |l| l.part_id.eq(o.part_id).and(l.supplier_id.eq(o.supplier_id)));
        lines.filter(|l| l.shipped_on.year().eq(2024)).aggregate(|g| g.sum(|l| l.quantity)).scalar()
    };
    let suppliers = Supplier::query()
        .filter(|s| s.nation().region().name.eq("America"))
        .filter(|s| {
            let blue = s.offers().filter(|o| o.part().name.starts_with("blue"));
            blue.filter(|o| (o.stock.cast::<i64>() * 2).gt(sold(o))).is_present()
        })
        .order_by(|s| s.name.asc())
        .select(|s| (s.name, s.remark));
    let by_hand = "SELECT s.name, s.remark FROM suppliers s JOIN nations n ON n.id = s.nation_id
        JOIN regions r ON r.id = n.region_id WHERE r.name = 'America' AND s.id IN (
            SELECT supplier_id FROM offers o WHERE part_id IN (SELECT id FROM parts WHERE name LIKE 'blue%')
            AND stock > (SELECT 0.5 * sum(quantity) FROM order_lines l
                WHERE l.part_id = o.part_id AND l.supplier_id = o.supplier_id
                AND l.shipped_on BETWEEN '2024-01-01' AND '2024-12-31'))
        ORDER BY s.name";
    same(db, suppliers, by_hand).await
}

/// There are others, and none of them is to blame.
pub async fn who_kept_waiting(db: &Database) -> orm::Result<()> {
    fn is_late(l: OrderLineFields) -> Condition {
        l.received_on.gt(l.promised_on)
    }
    let others =
        |l: OrderLineFields| l.order().lines().filter(move |other| other.supplier_id.ne(l.supplier_id));
    let suppliers = OrderLine::query()
        .filter(|l| is_late(l).and(l.order().complete.is_true()))
        .filter(|l| others(l).is_present().and(others(l).filter(is_late).is_absent()))
        .group_by(|l| l.supplier().name)
        .order_by(|g| (g.count().desc(), g.key.asc()))
        .limit(100)
        .select(|g| (g.key, g.count()));
    let by_hand = "SELECT s.name, count(*) FROM suppliers s JOIN order_lines l ON l.supplier_id = s.id
        JOIN orders o ON o.id = l.order_id WHERE o.complete AND l.received_on > l.promised_on
        AND EXISTS (SELECT * FROM order_lines l2 WHERE l2.order_id = l.order_id AND l2.supplier_id <> l.supplier_id)
        AND NOT EXISTS (SELECT * FROM order_lines l3 WHERE l3.order_id = l.order_id
            AND l3.supplier_id <> l.supplier_id AND l3.received_on > l3.promised_on)
        GROUP BY s.name ORDER BY 2 DESC, 1 LIMIT 100";
    same(db, suppliers, by_hand).await
}

/// Columns of two relations compared with each other.
pub async fn within_a_region(db: &Database) -> orm::Result<()> {
    let nations = OrderLine::query()
        .filter(|l| l.order().customer().nation_id.eq(l.supplier().nation_id))
        .filter(|l| l.supplier().nation().region().name.eq("Asia"))
        .filter(|l| l.order().ordered_on.between(date(2023, 1, 1), date(2024, 12, 31)))
        .group_by(|l| l.supplier().nation().name)
        .order_by(|g| g.sum(net).desc())
        .select(|g| (g.key, g.sum(net)));
    let by_hand = "SELECT n.name, CAST(ROUND(sum(l.price * (1 - l.discount)), 4) AS CHAR)
        FROM customers c JOIN orders o ON o.customer_id = c.id JOIN order_lines l ON l.order_id = o.id
        JOIN suppliers s ON s.id = l.supplier_id AND s.nation_id = c.nation_id
        JOIN nations n ON n.id = s.nation_id JOIN regions r ON r.id = n.region_id
        WHERE r.name = 'Asia' AND o.ordered_on BETWEEN '2023-01-01' AND '2024-12-31'
        GROUP BY n.name ORDER BY sum(l.price * (1 - l.discount)) DESC";
    same(db, nations, by_hand).await
}

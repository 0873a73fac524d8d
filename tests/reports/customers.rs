//! Customers.

use orm::prelude::*;

use super::models::*;
use super::{net, same};

/// A whole row as the group key, whose relations can be followed.
pub async fn who_returned(db: &Database) -> orm::Result<()> {
    let customers = Customer::query()
        .join(|c| c.orders())
        .join(|(_, o)| o.lines())
        .filter(|(_, o, l)| l.returned.is_true().and(o.ordered_on.year().eq(2024)))
        .group_by(|(c, ..)| c)
        .order_by(|g| g.sum(|(.., l)| net(l)).desc())
        .limit(20)
        .select(|g| (g.key.id, g.key.name, g.sum(|(.., l)| net(l)), g.key.balance, g.key.nation().name));
    let by_hand =
        "SELECT c.id, c.name, CAST(ROUND(sum(l.price * (1 - l.discount)), 4) AS CHAR), c.balance, n.name
        FROM customers c JOIN orders o ON o.customer_id = c.id JOIN order_lines l ON l.order_id = o.id
        JOIN nations n ON n.id = c.nation_id
        WHERE l.returned AND o.ordered_on BETWEEN '2024-01-01' AND '2024-12-31'
        GROUP BY c.id, c.name, c.balance, n.name ORDER BY sum(l.price * (1 - l.discount)) DESC LIMIT 20";
    same(db, customers, by_hand).await
}

/// Groups of groups, with an outer join on a condition and with a relation.
pub async fn by_number_of_orders(db: &Database) -> orm::Result<()> {
    fn is_plain(o: OrderFields<impl orm::Mode>) -> Condition {
        o.remark.not_like("%special%requests%")
    }
    let by_join = Customer::query()
        .left_join_on::<Order>(|c, o| o.customer_id.eq(c.id).and(is_plain(o)))
        .group_by(|(c, _)| c.id)
        .select(|g| (g.key, g.count_of(|(_, o)| o.id)));
    let by_relation = Customer::query().select(|c| (c.id, c.orders().filter(is_plain).count()));
    let by_hand = "SELECT n, count(*) FROM (
            SELECT c.id, count(o.id) AS n FROM customers c
            LEFT JOIN orders o ON o.customer_id = c.id AND o.remark NOT LIKE '%special%requests%'
            GROUP BY c.id) AS counts
        GROUP BY n ORDER BY 2 DESC, n DESC";
    for counts in [by_join, by_relation] {
        let counts = counts
            .into_query()
            .group_by(|(_, orders)| orders)
            .order_by(|g| (g.count().desc(), g.key.desc()))
            .select(|g| (g.key, g.count()));
        same(db, counts, by_hand).await?;
    }
    Ok(())
}

/// Rows listed by a grouped subquery.
pub async fn with_great_orders(db: &Database) -> orm::Result<()> {
    let great = OrderLine::query()
        .group_by(|l| l.order_id)
        .having(|g| g.sum(|l| l.quantity).gt(150))
        .select(|g| g.key);
    let orders = Order::query()
        .join(|o| o.lines())
        .filter(|(o, _)| o.id.is_in(great))
        .group_by(|(o, _)| (o.customer().name, o.customer_id, o.id, o.ordered_on))
        .order_by(|g| (g.sum(|(_, l)| l.price).desc(), g.key.3.asc()))
        .limit(100)
        .select(|g| {
            let (name, customer, order, day) = g.key;
            (name, customer, order, day, g.sum(|(_, l)| l.price), g.sum(|(_, l)| l.quantity))
        });
    let by_hand = "SELECT c.name, c.id, o.id, o.ordered_on, CAST(ROUND(sum(l.price), 2) AS CHAR),
            CAST(sum(l.quantity) AS SIGNED)
        FROM orders o JOIN customers c ON c.id = o.customer_id JOIN order_lines l ON l.order_id = o.id
        WHERE o.id IN (SELECT order_id FROM order_lines GROUP BY order_id HAVING sum(quantity) > 150)
        GROUP BY c.name, c.id, o.id, o.ordered_on ORDER BY sum(l.price) DESC, o.ordered_on LIMIT 100";
    same(db, orders, by_hand).await
}

/// Rows without related rows, in six ways; and what they could buy.
pub async fn who_never_ordered(db: &Database) -> orm::Result<()> {
    let of_customer = |c: CustomerFields| Order::query().filter(move |o| o.customer_id.eq(c.id));
    let by_order = Order::query().select(|o| o.customer_id);
    let ways = [
        Customer::query().filter(|c| c.orders().is_absent()).select(|c| c.id),
        Customer::query().filter(|c| c.orders().count().eq(0)).select(|c| c.id),
        Customer::query().filter(|c| of_customer(c).is_absent()).select(|c| c.id),
        Customer::query().filter(|c| c.id.not_in(by_order.clone())).select(|c| c.id),
        Customer::query().left_join(|c| c.orders()).filter(|(_, o)| o.id.is_null()).select(|(c, _)| c.id),
        Customer::query().select(|c| c.id).except(by_order),
    ];
    for way in ways {
        let silent = way.into_query().order_by(|id| id.asc()).into_rows();
        let by_hand =
            "SELECT id FROM customers c WHERE NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)
            ORDER BY id";
        same(db, silent, by_hand).await?;
    }

    let codes = ["11", "13", "15", "17", "18"];
    let chosen = || Customer::query().filter(move |c| c.phone.left(2).is_in(codes));
    let usual = chosen().filter(|c| c.balance.gt(0)).aggregate(|g| g.avg(|c| c.balance)).scalar();
    let by_code = chosen()
        .filter(|c| c.balance.gt(usual).and(c.orders().is_absent()))
        .group_by(|c| c.phone.left(2))
        .order_by(|g| g.key.clone().asc())
        .select(|g| (g.key.clone(), g.count(), g.sum(|c| c.balance)));
    let by_hand =
        "SELECT SUBSTR(phone, 1, 2), count(*), CAST(ROUND(sum(balance), 2) AS CHAR) FROM customers c
        WHERE SUBSTR(phone, 1, 2) IN ('11', '13', '15', '17', '18') AND balance + 0.00 > (
            SELECT avg(balance) FROM customers
            WHERE balance > 0.00 AND SUBSTR(phone, 1, 2) IN ('11', '13', '15', '17', '18'))
        AND NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)
        GROUP BY SUBSTR(phone, 1, 2) ORDER BY 1";
    same(db, by_code, by_hand).await
}

/// A CTE joined with itself: rows above the average of their group.
pub async fn above_their_nation(db: &Database) -> orm::Result<()> {
    let returned = OrderLine::query()
        .filter(|l| l.returned.is_true())
        .group_by(|l| (l.order().customer(), l.order().customer().nation_id))
        .select(|g| (g.key.0.clone(), g.key.1, g.sum(net)))
        .named("returned");
    let usual = |nation: Column<u32>| {
        let like = returned.query().filter(move |(_, other, _)| other.eq(nation));
        like.aggregate(|g| g.avg(|(.., sum)| sum) * 6 / 5).scalar()
    };
    let customers = returned
        .query()
        .filter(|(_, nation, sum)| sum.gt(usual(nation)))
        .order_by(|(c, ..)| c.name.asc())
        .select(|(c, _, sum)| (c.name, c.nation().name, sum));
    let by_hand = "WITH returned AS (
            SELECT c.id, c.name, c.nation_id, sum(price * (1 - discount)) AS net FROM order_lines l
            JOIN orders o ON o.id = l.order_id JOIN customers c ON c.id = o.customer_id
            WHERE l.returned GROUP BY c.id, c.name, c.nation_id)
        SELECT r.name, n.name, CAST(ROUND(net, 4) AS CHAR) FROM returned r JOIN nations n ON n.id = r.nation_id
        WHERE net > (SELECT avg(net) * 1.2 FROM returned AS other WHERE other.nation_id = r.nation_id) ORDER BY r.name";
    same(db, customers, by_hand).await
}

/// Set operations.
pub async fn of_two_years_and_not_the_third(db: &Database) -> orm::Result<()> {
    let of =
        |year: i32| Order::query().filter(move |o| o.ordered_on.year().eq(year)).select(|o| o.customer_id);
    let lost = of(2023).intersect(of(2024)).except(of(2025)).into_query().order_by(|id| id.asc()).into_rows();
    let by_hand = "SELECT id FROM customers c
        WHERE EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id AND o.ordered_on LIKE '2023%')
        AND EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id AND o.ordered_on LIKE '2024%')
        AND NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id AND o.ordered_on LIKE '2025%') ORDER BY id";
    same(db, lost, by_hand).await
}

//! Computed values that are stored.

use orm::prelude::*;
use orm::window;

use super::models::*;
use super::{net, same};

/// A summary table: new rows, and changed rows, which are counted.
pub async fn a_summary_is_kept(db: &Database) -> orm::Result<()> {
    let bring_up_to_date = || {
        let years = OrderLine::query()
            .group_by(|l| (l.order().customer_id, l.order().ordered_on.year()))
            .select(|g| (g.key.0, g.key.1.clone(), g.count_distinct(|l| l.order_id), g.sum(net)));
        let rows = YearOfCustomer::insert_from(years.into_query(), |(customer, year, orders, revenue)| {
            let row = YearOfCustomer::insert().customer_id(customer).year(year);
            row.orders(orders).revenue(revenue.coalesce(0))
        });
        rows.on_conflict(|y| (y.customer_id, y.year))
            .update(|old, new| {
                (old.orders.to(new.orders), old.revenue.to(new.revenue), old.changes.to(old.changes + 1))
            })
            .filter(|old, new| old.revenue.ne(new.revenue))
    };
    let summary = || {
        let rows = YearOfCustomer::query().order_by(|y| (y.customer_id.asc(), y.year.asc()));
        rows.select(|y| (y.customer_id, y.year, y.orders, y.revenue))
    };
    let by_hand = "SELECT o.customer_id, CAST(SUBSTR(ordered_on, 1, 4) AS SIGNED), count(DISTINCT o.id),
            CAST(ROUND(sum(price * (1 - discount)), 4) AS CHAR)
        FROM order_lines l JOIN orders o ON o.id = l.order_id GROUP BY 1, 2 ORDER BY 1, 2";
    bring_up_to_date().execute(db).await?;
    same(db, summary(), by_hand).await?;
    OrderLine::update()
        .set(|l| l.discount.to(0))
        .filter(|l| l.order().customer_id.le(10))
        .execute(db)
        .await?;
    bring_up_to_date().execute(db).await?;
    same(db, summary(), by_hand).await?;
    let changed = YearOfCustomer::query().filter(|y| y.changes.eq(1)).aggregate(|g| g.max(|y| y.customer_id));
    assert_eq!(changed.one(db).await?, Some(10));
    Ok(())
}

/// Updates from aggregates of other rows: with a subquery, and with a join.
pub async fn from_aggregates(db: &Database) -> orm::Result<()> {
    let cost = |s: SupplierFields| s.offers().sum(|o| o.cost).coalesce(0);
    assert_eq!(Supplier::update().set(|s| s.balance.to(cost(s))).all_rows().execute(db).await?, 12);
    let balances = Supplier::query().order_by(|s| s.id.asc()).select(|s| (s.id, s.balance));
    let by_hand =
        "SELECT supplier_id, CAST(ROUND(sum(cost), 2) AS CHAR) FROM offers GROUP BY supplier_id ORDER BY 1";
    same(db, balances, by_hand).await?;

    let sums = OrderLine::query()
        .group_by(|l| l.order().customer_id)
        .select(|g| (g.key, g.sum(|l| l.price).coalesce(0)));
    let update = Customer::update().join_rows(sums, |c, (customer, _)| c.id.eq(customer));
    update.set(|(c, (_, sum))| c.balance.to(sum)).all_rows().execute(db).await?;
    let balances = Customer::query().filter(|c| c.orders().is_present()).order_by(|c| c.id.asc());
    let by_hand = "SELECT customer_id, CAST(ROUND(sum(price), 2) AS CHAR)
        FROM order_lines l JOIN orders o ON o.id = l.order_id GROUP BY customer_id ORDER BY customer_id";
    same(db, balances.select(|c| (c.id, c.balance)), by_hand).await
}

/// Deletes all but the first of duplicate rows.
pub async fn duplicates(db: &Database) -> orm::Result<()> {
    let pages = Visit::query().distinct().select(|v| (v.customer_id, v.page)).count(db).await?;
    let numbered = Visit::query().select(|v| {
        let number =
            window::row_number().over(|w| w.partition_by((v.customer_id, v.page)).order_by(v.id.asc()));
        (v.id, number)
    });
    let doubled = numbered.into_query().filter(|(_, number)| number.gt(1)).select(|(id, _)| id);
    assert!(Visit::delete().filter(|v| v.id.is_in(doubled)).execute(db).await? > 0);
    assert_eq!(Visit::query().count(db).await?, pages);
    Ok(())
}

//! Reports over the tables of a wholesaler: complex queries, typed, each compared with the equivalent handwritten SQL.
//!
//! The SQL is the same for all databases where possible; the functions for parts of a date and for counting days
//! differ. In handwritten SQL for SQLite, decimals are floats; ROUND and CAST turn them into text, which reads as a
//! `Decimal`.

mod carriers;
mod changes;
mod customers;
mod data;
pub mod models;
mod parts;
mod sales;
mod suppliers;
mod time;

use std::fmt::Debug;

use orm::Rows;
use orm::prelude::*;
use orm::raw::FromRow;

use models::*;

on_loaded_data! {
    data::load;
    sales as what_is_sold: by_return_and_carrier in_process_forecast largest_open of_campaigns between_two_nations share_of_a_nation profit_of_a_colour
        of_three_kinds;
    suppliers as who_supplies: cheapest worth_of_stock best_of_a_quarter without_complaints with_more_than_is_sold who_kept_waiting within_a_region;
    customers as who_buys: who_returned by_number_of_orders with_great_orders who_never_ordered above_their_nation of_two_years_and_not_the_third;
    carriers as how_it_is_shipped: late_by_urgency overdue_orders by_year days_in_a_row median_and_percentile days_until_shipped with_totals;
    parts as what_it_is: small_orders best_of_each_brand materials in_two_years counted_side_by_side;
    time as in_the_course_of_time: running_totals year_over_year cohorts calendar visits;
    changes as what_is_stored: a_summary_is_kept from_aggregates duplicates;
}

/// The net price of a line, without taxes.
fn net(line: OrderLineFields) -> orm::Expr<Decimal> {
    line.price * (1 - line.discount)
}

/// Checks that a query returns the same rows as handwritten SQL, in the same order, and at least one.
pub async fn same<T: FromRow + Debug>(
    db: &Database,
    query: Rows<T>,
    by_hand: &'static str,
) -> orm::Result<()> {
    let rows = query.clone().all(db).await?;
    let expected: Vec<T> = orm::raw::sql(by_hand).all(db).await?;
    assert!(!rows.is_empty(), "nothing to compare: {by_hand}");
    assert_eq!(rows.len(), expected.len(), "{by_hand}");
    for (row, expected) in rows.iter().zip(&expected) {
        let (row, expected) = (format!("{row:#?}"), format!("{expected:#?}"));
        let alike = row.lines().zip(expected.lines()).all(|(left, right)| is_alike(left, right));
        assert!(alike, "{row} is not {expected}: {by_hand}\n{}", query.to_sql(db.dialect())?);
    }
    Ok(())
}

/// Like [`same`], with separate SQL for SQLite and the servers.
pub async fn same_each<T: FromRow + Debug>(
    db: &Database,
    query: Rows<T>,
    on_sqlite: &'static str,
    on_servers: &'static str,
) -> orm::Result<()> {
    same(db, query, if db.dialect().name == "SQLite" { on_sqlite } else { on_servers }).await
}

/// Compares numbers by their first digits, anything else exactly.
fn is_alike(left: &str, right: &str) -> bool {
    let number = |text: &str| text.trim().trim_end_matches(',').parse::<f64>().ok();
    match (number(left), number(right)) {
        (Some(left), Some(right)) => (left - right).abs() <= 1e-5 * left.abs().max(1.0),
        _ => left == right,
    }
}

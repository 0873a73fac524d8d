//! Sales.

use std::collections::{BTreeMap, BTreeSet};

use orm::prelude::*;

use super::models::*;
use super::{Answer, money};

/// Groups by a column and a computed value; the rows become a table of countries and years in Rust.
pub(super) async fn by_country_and_year(db: &Database) -> orm::Result<Answer> {
    let sums: Vec<((String, i32), Option<Decimal>)> = Invoice::query()
        .group_by(|i| (i.billing_country, i.invoice_date.year()))
        .order_by(|g| g.min(|i| i.id).asc())
        .select(|g| (g.key.clone(), g.sum(|i| i.total)))
        .all(db)
        .await?;
    let years: BTreeSet<i32> = sums.iter().map(|((_, year), _)| *year).collect();
    let mut countries: Vec<(String, Decimal, BTreeMap<i32, Decimal>)> = Vec::new();
    for ((country, year), sum) in sums {
        let sum = sum.unwrap_or_default();
        match countries.iter_mut().find(|(known, ..)| *known == country) {
            Some((_, total, by_year)) => {
                *total += sum;
                by_year.insert(year, sum);
            }
            None => countries.push((country, sum, BTreeMap::from([(year, sum)]))),
        }
    }
    // A stable sort: countries of equal revenue stay in the order of their first invoices.
    countries.sort_by_key(|(_, total, _)| std::cmp::Reverse(*total));
    let columns = ["country".to_owned()].into_iter().chain(years.iter().map(i32::to_string));
    let rows = countries.into_iter().map(|(country, total, by_year)| {
        let sums = years.iter().map(move |year| money(by_year.get(year).copied()));
        [country].into_iter().chain(sums.collect::<Vec<_>>()).chain([money(total)])
    });
    Ok(Answer::new("What comes in, by country and year?", columns.chain(["in all".to_owned()])).rows(rows))
}

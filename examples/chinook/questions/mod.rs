//! The ten questions, one function each.
//!
//! Every order ends with a key, so that equal rows come in the same order everywhere; none is by text, which every
//! database sorts in its own way.

mod artists;
mod customers;
mod employees;
mod invoices;
mod playlists;
mod sales;
mod tracks;

use orm::prelude::*;

use super::answer::Answer;
use super::models::{self, *};

/// Answers all of them.
pub(crate) async fn ask(db: &Database) -> orm::Result<Vec<Answer>> {
    Ok(vec![
        artists::best_selling(db).await?,
        sales::by_country_and_year(db).await?,
        customers::only_jazz(db).await?,
        employees::chains_of_managers(db).await?,
        employees::as_support(db).await?,
        playlists::longest(db).await?,
        tracks::never_sold(db).await?,
        tracks::albums_sold_in_full(db).await?,
        invoices::greatest(db).await?,
        invoices::unusual_in_their_country(db).await?,
    ])
}

/// The price of a line of an invoice.
fn price(line: InvoiceLineFields) -> orm::Expr<Decimal> {
    line.unit_price * line.quantity
}

/// Formats a name.
fn name(first: &str, last: &str) -> String {
    format!("{first} {last}")
}

/// Formats a sum of money with its cents; none is a dash.
fn money(sum: impl Into<Option<Decimal>>) -> String {
    sum.into().map_or_else(|| "–".to_owned(), |sum| format!("{:.2}", cents(sum)))
}

/// Rounds to cents: backends differ in the digits of an average.
fn cents(sum: Decimal) -> Decimal {
    sum.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

/// Formats a time in milliseconds as hours, minutes and seconds.
fn duration(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

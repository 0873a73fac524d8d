//! The ten questions, one function each.
//!
//! Orders end in a key, so that equal rows come in one order everywhere; none is by text, which every database sorts in
//! a way of its own.

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

/// Asks all of them.
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

/// What a line of an invoice costs.
fn price(line: InvoiceLineFields) -> orm::Expr<Decimal> {
    line.unit_price * line.quantity
}

/// A name as it is printed.
fn name(first: &str, last: &str) -> String {
    format!("{first} {last}")
}

/// A sum of money, with its cents; nothing is a dash.
fn money(sum: impl Into<Option<Decimal>>) -> String {
    sum.into().map_or_else(|| "–".to_owned(), |sum| format!("{:.2}", cents(sum)))
}

/// Rounded to cents: backends differ in the digits of an average.
fn cents(sum: Decimal) -> Decimal {
    sum.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

/// A time in milliseconds as hours, minutes and seconds.
fn duration(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

//! Customers.

use orm::prelude::*;

use super::models::*;
use super::{Answer, money, name};

/// Conditions on related rows, several tables away: a condition is a function, usable wherever its row is available.
pub(super) async fn only_jazz(db: &Database) -> orm::Result<Answer> {
    fn is_jazz(line: InvoiceLineFields) -> Condition {
        line.track().genre().name.eq("Jazz")
    }
    fn only_jazz(invoice: InvoiceFields) -> Condition {
        invoice.lines().every(is_jazz)
    }
    let ever = Customer::query().filter(|c| c.invoices().every(only_jazz)).count(db).await?;
    let purchases = Invoice::query()
        .filter(only_jazz)
        .order_by(|i| (i.invoice_date.asc(), i.id.asc()))
        .select(|i| (i.customer(), i.invoice_date, i.lines().count(), i.total))
        .all(db)
        .await?;
    let rows = purchases.into_iter().map(|(customer, date, lines, total)| {
        let name = name(&customer.first_name, &customer.last_name);
        [name, customer.country, date.date().to_string(), lines.to_string(), money(total)]
    });
    Ok(Answer::new("Who bought only jazz?", ["customer", "country", "on", "tracks", "total"])
        .rows(rows)
        .note(format!("Customers who never bought anything else: {ever}")))
}

//! Invoices.

use orm::prelude::*;

use super::models::*;
use super::{Answer, money, name};

/// Eager loading: two statements, however many invoices there are.
pub(super) async fn greatest(db: &Database) -> orm::Result<Answer> {
    let invoices: Vec<(Invoice, Customer, Vec<(InvoiceLine, Track)>)> = Invoice::query()
        .order_by(|i| (i.total.desc(), i.id.asc()))
        .limit(5)
        .with(|i| i.customer())
        .with(|i| i.lines().order_by(|line| line.id.asc()).with(|line| line.track()))
        .all(db)
        .await?;
    let rows = invoices.into_iter().map(|(invoice, customer, lines)| {
        let sum: Decimal = lines.iter().map(|(line, _)| line.unit_price * line.quantity).sum();
        let tracks: Vec<&str> = lines.iter().take(3).map(|(_, track)| track.name.as_str()).collect();
        let (id, name) = (invoice.id.to_string(), name(&customer.first_name, &customer.last_name));
        [id, name, money(invoice.total), money(sum), lines.len().to_string(), tracks.join(", ")]
    });
    let columns = ["invoice", "customer", "total", "sum of lines", "lines", "the first three"];
    Ok(Answer::new("Which invoices are greatest?", columns).rows(rows))
}

/// A subquery as a value, in a condition and in the selection.
pub(super) async fn unusual_in_their_country(db: &Database) -> orm::Result<Answer> {
    let average = |i: InvoiceFields| {
        let same_country = Invoice::query().filter(move |other| other.billing_country.eq(i.billing_country));
        same_country.aggregate(|g| g.avg(|other| other.total)).scalar()
    };
    let invoices = Invoice::query()
        .filter(|i| i.total.gt(average(i) * Decimal::from(3)))
        .order_by(|i| (i.total.desc(), i.id.asc()))
        .select(|i| (i.id, i.customer(), i.billing_country, i.total, average(i)))
        .all(db)
        .await?;
    let rows = invoices.into_iter().map(|(id, customer, country, total, average)| {
        let name = name(&customer.first_name, &customer.last_name);
        [id.to_string(), name, country, money(total), money(average)]
    });
    let title = "Which invoices are more than three times what is usual in their country?";
    Ok(Answer::new(title, ["invoice", "customer", "country", "total", "average"]).rows(rows))
}

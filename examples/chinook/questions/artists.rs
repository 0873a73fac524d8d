//! Artists.

use orm::prelude::*;

use super::models::*;
use super::{Answer, money, price};

/// Groups by a column three relations away, and an exact sum of products.
pub(super) async fn best_selling(db: &Database) -> orm::Result<Answer> {
    let rows: Vec<(String, i64, Option<Decimal>)> = InvoiceLine::query()
        .group_by(|line| {
            let artist = line.track().album().artist();
            (artist.id, artist.name)
        })
        .order_by(|g| (g.sum(price).desc(), g.key.0.asc()))
        .select(|g| (g.key.1, g.count(), g.sum(price)))
        .limit(10)
        .all(db)
        .await?;
    let rows = rows.into_iter().map(|(artist, sold, sum)| [artist, sold.to_string(), money(sum)]);
    Ok(Answer::new("Which artists sell best?", ["artist", "tracks sold", "revenue"]).rows(rows))
}

//! Artists.

use orm::prelude::*;

use super::{money, price};
use crate::answer::Answer;
use crate::models::*;

/// Joins over four tables, groups by a whole row, and an exact sum of products.
pub(super) async fn best_selling(db: &Database) -> orm::Result<Answer> {
    let rows: Vec<(Artist, i64, Option<Decimal>)> = InvoiceLine::query()
        .join(|line| line.track())
        .join(|(_, track)| track.album())
        .join(|(.., album)| album.artist())
        .group_by(|(.., artist)| artist)
        .order_by(|g| (g.sum(|(line, ..)| price(line)).desc(), g.key.id.asc()))
        .select(|g| (g.key, g.count(), g.sum(|(line, ..)| price(line))))
        .limit(10)
        .all(db)
        .await?;
    let rows = rows.into_iter().map(|(artist, sold, sum)| [artist.name, sold.to_string(), money(sum)]);
    Ok(Answer::new("Which artists sell best?", ["artist", "tracks sold", "revenue"]).rows(rows))
}

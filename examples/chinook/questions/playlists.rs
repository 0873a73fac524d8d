//! Playlists.

use orm::prelude::*;

use super::models::*;
use super::{Answer, duration};

/// Aggregates over a many-to-many relation, in every clause.
pub(super) async fn longest(db: &Database) -> orm::Result<Answer> {
    const TEN_MINUTES: u64 = 10 * 60 * 1_000;
    let time = |p: PlaylistFields| p.tracks().sum(|track| track.milliseconds);
    let rows: Vec<(String, i64, Option<u64>)> = Playlist::query()
        .filter(|p| time(p).gt(TEN_MINUTES))
        .order_by(|p| (time(p).desc(), p.id.asc()))
        .select(|p| (p.name, p.tracks().count(), time(p)))
        .all(db)
        .await?;
    let rows = rows
        .into_iter()
        .map(|(name, tracks, time)| [name, tracks.to_string(), duration(time.unwrap_or_default())]);
    Ok(Answer::new("Which playlists last longest?", ["playlist", "tracks", "hours"]).rows(rows))
}

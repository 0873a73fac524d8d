//! Playlists.

use orm::prelude::*;

use super::duration;
use crate::answer::Answer;
use crate::models::*;

/// Groups with a condition, over a table whose key has two columns.
pub(super) async fn longest(db: &Database) -> orm::Result<Answer> {
    const TEN_MINUTES: u64 = 10 * 60 * 1_000;
    let rows: Vec<(String, i64, Option<u64>)> = PlaylistTrack::query()
        .join(|entry| entry.playlist())
        .join(|(entry, _)| entry.track())
        .group_by(|(_, playlist, _)| (playlist.id, playlist.name))
        .having(|g| g.sum(|(.., track)| track.milliseconds).gt(TEN_MINUTES))
        .order_by(|g| (g.sum(|(.., track)| track.milliseconds).desc(), g.key.0.asc()))
        .select(|g| (g.key.1, g.count(), g.sum(|(.., track)| track.milliseconds)))
        .all(db)
        .await?;
    let rows = rows
        .into_iter()
        .map(|(name, tracks, time)| [name, tracks.to_string(), duration(time.unwrap_or_default())]);
    Ok(Answer::new("Which playlists last longest?", ["playlist", "tracks", "hours"]).rows(rows))
}

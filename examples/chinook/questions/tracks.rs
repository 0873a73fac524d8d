//! Tracks and albums.

use orm::prelude::*;

use super::models::*;
use super::{Answer, duration};

/// Relations in the condition and in the selection, without an explicit join.
pub(super) async fn never_sold(db: &Database) -> orm::Result<Answer> {
    let never_sold = Track::query().filter(|t| t.lines().count().eq(0));
    let (count, all) = (never_sold.clone().count(db).await?, Track::query().count(db).await?);
    let longest: Vec<(String, String, String, u32)> = never_sold
        .order_by(|t| (t.milliseconds.desc(), t.id.asc()))
        .select(|t| (t.name, t.album().artist().name, t.genre().name, t.milliseconds))
        .limit(10)
        .all(db)
        .await?;
    let rows =
        longest.into_iter().map(|(track, artist, genre, time)| [track, artist, genre, duration(time.into())]);
    Ok(Answer::new("Which tracks were never sold? The longest:", ["track", "artist", "genre", "hours"])
        .rows(rows)
        .note(format!("Never sold are {count} of {all} tracks")))
}

/// Nested conditions on related rows.
pub(super) async fn albums_sold_in_full(db: &Database) -> orm::Result<Answer> {
    let albums = Album::query()
        .filter(|a| a.tracks().every(|t| t.lines().count().gt(0)))
        .filter(|a| a.tracks().count().ge(5))
        .order_by(|a| (a.tracks().count().desc(), a.id.asc()))
        .select(|a| (a.title, a.artist().name, a.tracks().count()))
        .all(db)
        .await?;
    let rows = albums.into_iter().map(|(title, artist, tracks)| [title, artist, tracks.to_string()]);
    Ok(Answer::new("Of which albums was every track sold?", ["album", "artist", "tracks"]).rows(rows))
}

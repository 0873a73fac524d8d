//! Searching posts: optional filters, an order that the client chooses, and keyset pagination, where each page costs the
//! same no matter how deep it is.

use axum::Json;
use axum::extract::State;
use orm::prelude::*;
use orm::{Cursor, Slice};
use serde::{Deserialize, Serialize};

use super::{Post, PostView};
use crate::errors::AppError;
use crate::forms::Params;
use crate::state::AppState;
use crate::unit_of_work::Tx;

/// The default size of a page, and the largest that a client may ask for.
const PAGE: u64 = 20;
const MOST: u64 = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    author: Option<u64>,
    tag: Option<String>,
    words: Option<String>,
    published: Option<bool>,
    since: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    /// A field, with a minus before it for descending order.
    sort: Option<String>,
    limit: Option<u64>,
    after: Option<String>,
    before: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Found {
    posts: Vec<PostView>,
    next: Option<String>,
    previous: Option<String>,
}

pub(super) async fn search(
    State(state): State<AppState>,
    mut tx: Tx,
    Params(search): Params<Search>,
) -> Result<Json<Found>, AppError> {
    let open = |text: Option<&String>| text.map(|text| Cursor::open(text, &state.cursor_key)).transpose();
    let (after, before) = (open(search.after.as_ref())?, open(search.before.as_ref())?);
    let posts = search.query()?.graph::<PostView>();
    let Slice { rows, next, previous } = match before {
        Some(before) => posts.before(Some(&before), &mut *tx).await?,
        None => posts.after(after.as_ref(), &mut *tx).await?,
    };
    // Sealed: a client can neither make one up nor look behind its filters with one.
    let seal = |cursor: Option<Cursor>| cursor.map(|cursor| cursor.seal(&state.cursor_key));
    Ok(Json(Found { posts: rows, next: seal(next), previous: seal(previous) }))
}

impl Search {
    /// Filters that are not used are not part of the statement.
    fn query(self) -> Result<Query<Post>, AppError> {
        let sort = self.sort.as_deref().unwrap_or("-created_at");
        let (name, descending) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
        let column = Post::column_named(name);
        let column =
            column.ok_or_else(|| AppError::BadRequest(format!("posts cannot be sorted by `{name}`")))?;
        let limit = self.limit.unwrap_or(PAGE);
        if !(1..=MOST).contains(&limit) {
            return Err(AppError::BadRequest(format!("`limit` is from 1 to {MOST}")));
        }
        Ok(Post::query()
            .filter_some(self.author, |p, author| p.author_id.eq(author))
            .filter_some(self.tag, |p, tag| p.tags().any(|t| t.word.eq(tag)))
            .filter_some(self.words, |p, words| p.title.contains(&words).or(p.body.contains(&words)))
            .filter_some(self.published, |p, published| p.published.eq(published))
            .filter_some(self.since, |p, since| p.created_at.ge(since))
            .filter_some(self.until, |p, until| p.created_at.lt(until))
            .order_by(|p| if descending { column.of(p).desc() } else { column.of(p).asc() })
            .limit(limit))
    }
}

//! Reports: by a stored procedure where there is one, and in raw SQL. Both are cached for a while.

use std::time::Duration;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use orm::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cache;
use crate::errors::AppError;
use crate::forms::Params;
use crate::posts::Post;
use crate::state::AppState;
use crate::tags::{PostTag, Tag};
use crate::unit_of_work::Tx;
use crate::users::User;

const AGE: Duration = Duration::from_secs(10);

procedure! {
    /// How many posts each author wrote, and how many comments they got. A migration creates it where procedures are supported.
    fn authors_report(least_posts: i64);
}

/// The result of the procedure, and of the query that replaces it.
#[derive(Row, Serialize, Debug, PartialEq)]
struct AuthorLine {
    name: String,
    posts: i64,
    comments: i64,
}

#[derive(Row, Serialize)]
struct TagLine {
    word: String,
    posts: i64,
    authors: i64,
}

#[derive(Deserialize)]
struct Since {
    since: Option<DateTime<Utc>>,
}

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/reports/authors", get(authors)).route("/reports/tags", get(tags))
}

async fn authors(State(state): State<AppState>, mut tx: Tx) -> Result<Json<serde_json::Value>, AppError> {
    let report = cache::kept(&state.db, "authors", AGE, async || author_lines(&mut tx, 1).await);
    Ok(Json(report.await?))
}

async fn author_lines(mut tx: &mut Transaction, least_posts: i64) -> Result<Vec<AuthorLine>, AppError> {
    if tx.database().dialect().procedures {
        return Ok(authors_report(least_posts).run(&mut tx).await?.rows()?);
    }
    let lines = User::query()
        .join(|u| u.posts())
        .left_join(|(_, p)| p.comments())
        .group_by(|(u, _, _)| (u.id, u.name))
        .having(|g| g.count_distinct(|(_, p, _)| p.id).ge(least_posts))
        .order_by(|g| (g.count_distinct(|(_, p, _)| p.id).desc(), g.key.1.asc()))
        .select(|g| (g.key.1, g.count_distinct(|(_, p, _)| p.id), g.count_of(|(_, _, c)| c.id)))
        .all(&mut tx)
        .await?;
    Ok(lines.into_iter().map(|(name, posts, comments)| AuthorLine { name, posts, comments }).collect())
}

/// In raw SQL: names in `{@…}` are checked, values in braces are bound.
async fn tags(mut tx: Tx, Params(Since { since }): Params<Since>) -> Result<Json<Vec<TagLine>>, AppError> {
    let since = since.unwrap_or(DateTime::UNIX_EPOCH);
    let lines: Vec<TagLine> = sql!(
        "SELECT t.word, COUNT(*) AS posts, COUNT(DISTINCT p.author_id) AS authors
         FROM {@Tag} t JOIN {@PostTag} pt ON pt.tag_id = t.id JOIN {@Post} p ON p.id = pt.post_id
         WHERE p.created_at >= {since}
         GROUP BY t.word ORDER BY posts DESC, t.word"
    )
    .all(&mut *tx)
    .await?;
    Ok(Json(lines))
}

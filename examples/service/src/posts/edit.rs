//! Writing posts. The unit of work finds out what has changed; a version detects concurrent edits (optimistic locking).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use orm::prelude::*;
use serde::Deserialize;

use super::{Post, PostView, view};
use crate::audit;
use crate::errors::AppError;
use crate::forms::{Check, Form, Id};
use crate::state::AppState;
use crate::tags;
use crate::unit_of_work::Tx;
use crate::users::User;

#[derive(Deserialize)]
pub(super) struct NewPost {
    author_id: u64,
    title: String,
    body: String,
    #[serde(default)]
    published: bool,
    #[serde(default)]
    tags: Vec<String>,
}

pub(super) async fn create(
    State(state): State<AppState>,
    mut tx: Tx,
    Form(form): Form<NewPost>,
) -> Result<(StatusCode, Json<PostView>), AppError> {
    Check::default().filled(&form.title, "title").filled(&form.body, "body").done()?;
    let words = tags::made(&state.db, &form.tags).await?;
    let author = tx.find::<User>(form.author_id).await?;
    let author = author.ok_or(AppError::field("author_id", "does not exist"))?;
    let tags = tags::called(&mut tx, words).await?;
    let new = Post::insert().author(author).title(form.title).body(form.body).published(form.published);
    let post = tx.add(new);
    tx.replace(post, |p| p.tags(), tags)?;
    tx.flush().await.map_err(in_form)?;
    let post = tx.saved(post)?;
    let id = tx[post].id;
    audit::record(&mut tx, "create post", id);
    Ok((StatusCode::CREATED, Json(view(&mut tx, id).await?)))
}

/// The client's changes, and the version that they are based on.
#[derive(Deserialize)]
pub(super) struct EditPost {
    version: u32,
    title: Option<String>,
    body: Option<String>,
    published: Option<bool>,
    tags: Option<Vec<String>>,
}

pub(super) async fn edit(
    State(state): State<AppState>,
    mut tx: Tx,
    Id(id): Id,
    Form(form): Form<EditPost>,
) -> Result<Json<PostView>, AppError> {
    Check::default().filled(form.title.as_ref(), "title").filled(form.body.as_ref(), "body").done()?;
    let words = match &form.tags {
        Some(words) => Some(tags::made(&state.db, words).await?),
        None => None,
    };
    let post = tx.get::<Post>(id).await?;
    if tx[post].version != form.version {
        return Err(
            orm::Error::new(ErrorKind::Stale, "the client has read another version of the post").into()
        );
    }
    let row = &mut tx[post];
    row.title = form.title.unwrap_or_else(|| std::mem::take(&mut row.title));
    row.body = form.body.unwrap_or_else(|| std::mem::take(&mut row.body));
    row.published = form.published.unwrap_or(row.published);
    // Also if only the tags differ: that makes another version of the post, too.
    row.updated_at = orm::now();
    if let Some(words) = words {
        let tags = tags::called(&mut tx, words).await?;
        tx.replace(post, |p| p.tags(), tags)?;
    }
    // A concurrent change since the check above makes this stale.
    tx.flush().await.map_err(in_form)?;
    audit::record(&mut tx, "edit post", id);
    Ok(Json(view(&mut tx, id).await?))
}

fn in_form(error: orm::Error) -> AppError {
    let fields = [("title", error.violates::<Post>(|p| p.title))];
    AppError::of_form(error, &fields)
}

//! Posts: the model, and how a client sees them.

mod edit;
mod search;

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use orm::Graph;
use orm::prelude::*;
use serde::Serialize;

use crate::audit;
use crate::comments::Comment;
use crate::errors::AppError;
use crate::forms::Id;
use crate::state::AppState;
use crate::tags::{PostTag, Tag};
use crate::unit_of_work::Tx;
use crate::users::User;

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(
    table = "posts",
    index(author_id, created_at),
    has_many(comments: Comment),
    many_to_many(tags: Tag, through = PostTag)
)]
pub struct Post {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = User, on_delete = cascade)]
    pub author_id: u64,
    #[orm(length = 200)]
    pub title: String,
    pub body: String,
    #[orm(default = false)]
    pub published: bool,
    #[orm(default = now)]
    pub created_at: DateTime<Utc>,
    #[orm(default = now)]
    pub updated_at: DateTime<Utc>,
    #[orm(version)]
    pub version: u32,
}

/// A post with everything a page shows of it: eagerly loaded with one statement per level, however many posts there are.
#[derive(Graph, Serialize, Debug)]
pub struct PostView {
    #[orm(root)]
    #[serde(flatten)]
    post: Post,
    author: User,
    #[orm(load = |p| p.tags().order_by(|t| t.word.asc()))]
    tags: Vec<Tag>,
    #[orm(load = |p| p.comments().order_by(|c| c.id.asc()))]
    comments: Vec<CommentView>,
}

#[derive(Graph, Serialize, Debug)]
pub struct CommentView {
    #[orm(root)]
    #[serde(flatten)]
    comment: Comment,
    author: User,
}

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/posts", get(search::search).post(edit::create))
        .route("/posts/{id}", get(show).put(edit::edit).delete(delete))
}

async fn show(mut tx: Tx, Id(id): Id) -> Result<Json<PostView>, AppError> {
    view(&mut tx, id).await.map(Json)
}

async fn view(mut tx: &mut Transaction, id: u64) -> Result<PostView, AppError> {
    Ok(Post::find(id).graph().one(&mut tx).await?)
}

async fn delete(mut tx: Tx, Id(id): Id) -> Result<StatusCode, AppError> {
    let post = tx.get::<Post>(id).await?;
    // Comments and links to tags are deleted with it, by their foreign keys.
    tx.delete(post)?;
    audit::record(&mut tx, "delete post", id);
    Ok(StatusCode::NO_CONTENT)
}

//! Comments on posts.

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use orm::prelude::*;
use serde::{Deserialize, Serialize};

use crate::audit;
use crate::errors::AppError;
use crate::forms::{Check, Form, Id};
use crate::posts::Post;
use crate::state::AppState;
use crate::unit_of_work::Tx;
use crate::users::User;

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "comments")]
pub struct Comment {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Post, on_delete = cascade)]
    pub post_id: u64,
    #[orm(belongs_to = User, on_delete = cascade)]
    pub author_id: u64,
    pub text: String,
    #[orm(default = now)]
    pub created_at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct NewComment {
    author_id: u64,
    text: String,
}

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/posts/{id}/comments", post(create))
}

async fn create(
    mut tx: Tx,
    Id(post): Id,
    Form(form): Form<NewComment>,
) -> Result<(StatusCode, Json<Comment>), AppError> {
    Check::default().filled(&form.text, "text").done()?;
    let post = tx.get::<Post>(post).await?;
    // The foreign key would say it, too; but SQLite does not tell which one it was.
    let author = tx.find::<User>(form.author_id).await?;
    let author = author.ok_or(AppError::field("author_id", "does not exist"))?;
    let comment = tx.add(Comment::insert().post(post).author(author).text(form.text));
    tx.flush().await?;
    let comment = tx.saved(comment)?;
    let comment = tx[comment].clone();
    audit::record(&mut tx, "create comment", comment.id);
    Ok((StatusCode::CREATED, Json(comment)))
}

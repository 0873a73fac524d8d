//! People.

use axum::http::StatusCode;
use axum::routing::{get, patch};
use axum::{Json, Router};
use orm::prelude::*;
use serde::{Deserialize, Serialize};

use crate::audit;
use crate::errors::AppError;
use crate::forms::{Check, Form, Id};
use crate::posts::Post;
use crate::state::AppState;
use crate::unit_of_work::Tx;

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "users", has_many(posts: Post))]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 190)]
    pub email: String,
    #[orm(unique, length = 60)]
    pub name: String,
    #[orm(version)]
    pub version: u32,
}

#[derive(Insert, Deserialize)]
#[orm(model = User)]
struct NewUser {
    email: String,
    name: String,
}

/// Absent fields stay as they are.
#[derive(Patch, Deserialize)]
#[orm(model = User)]
struct UserPatch {
    email: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct EditUser {
    /// The version that the client has read: if it is no longer the current one, somebody else was faster.
    version: u32,
    #[serde(flatten)]
    patch: UserPatch,
}

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/users", get(list).post(create)).route("/users/{id}", patch(edit))
}

async fn list(mut tx: Tx) -> Result<Json<Vec<User>>, AppError> {
    Ok(Json(User::query().order_by(|u| u.name.asc()).limit(200).all(&mut *tx).await?))
}

async fn create(mut tx: Tx, Form(form): Form<NewUser>) -> Result<(StatusCode, Json<User>), AppError> {
    check(Some(&form.email), Some(&form.name))?;
    let user = form.into_insert().returning(&mut *tx).await.map_err(in_form)?;
    audit::record(&mut tx, "create user", user.id);
    Ok((StatusCode::CREATED, Json(user)))
}

async fn edit(mut tx: Tx, Id(id): Id, Form(form): Form<EditUser>) -> Result<Json<User>, AppError> {
    check(form.patch.email.as_ref(), form.patch.name.as_ref())?;
    // A missing user is not the same as one that was changed.
    User::find(id).one(&mut *tx).await?;
    let edited = User::update_by(id).version(form.version).apply(form.patch).returning_one(&mut *tx).await;
    let edited = edited.map_err(in_form)?;
    audit::record(&mut tx, "edit user", id);
    Ok(Json(edited))
}

fn check(email: Option<&String>, name: Option<&String>) -> Result<(), AppError> {
    let is_address =
        |email: &String| email.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    Check::default().that(email.is_none_or(is_address), "email", "is no address").filled(name, "name").done()
}

fn in_form(error: orm::Error) -> AppError {
    let fields =
        [("email", error.violates::<User>(|u| u.email)), ("name", error.violates::<User>(|u| u.name))];
    AppError::of_form(error, &fields)
}

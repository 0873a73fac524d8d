//! In a web service: a `Database` as state, closure transactions and sessions in handlers.

use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use axum::routing::{get, post};
use axum::{Router, body::Body};
use orm::prelude::*;
use tower::ServiceExt as _;

use crate::support::models::*;

#[derive(Debug)]
struct AppError(orm::Error);

impl From<orm::Error> for AppError {
    fn from(error: orm::Error) -> Self {
        AppError(error)
    }
}

impl axum::response::IntoResponse for AppError {
    fn into_response(self) -> axum::response::Response {
        let status =
            if self.0.is_not_found() { StatusCode::NOT_FOUND } else { StatusCode::INTERNAL_SERVER_ERROR };
        (status, self.0.to_string()).into_response()
    }
}

async fn name(State(db): State<Database>, Path(id): Path<u64>) -> Result<String, AppError> {
    Ok(User::find(id).one(&db).await?.name)
}

async fn rename(
    State(db): State<Database>,
    Path((id, name)): Path<(u64, String)>,
) -> Result<String, AppError> {
    let renamed = db
        .transaction()
        .retry(2)
        .try_run(async |mut tx| -> Result<User, AppError> {
            User::update().set(|u| u.name.to(&name)).filter(|u| u.id.eq(id)).execute(&mut tx).await?;
            Ok(User::find(id).one(&mut tx).await?)
        })
        .await?;
    Ok(format!("{} is version {}", renamed.name, renamed.version))
}

async fn birthday(State(db): State<Database>, Path(id): Path<u64>) -> Result<StatusCode, AppError> {
    let mut s = db.session();
    User::update().set(|u| u.age.to(u.age.add(1))).filter(|u| u.id.eq(id)).execute(&mut s).await?;
    User::find(id).one(&mut s).await?;
    s.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

on_every_backend! {
    async fn works(db: Database) {
        shop(db).await?;
        let app = Router::new()
            .route("/users/{id}", get(name))
            .route("/users/{id}/name/{name}", post(rename))
            .route("/users/{id}/birthday", post(birthday))
            .with_state(db.clone());
        let send = async |method: &str, path: &str| {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            let response = app.clone().oneshot(request).await.unwrap();
            let status = response.status();
            let body = axum::body::to_bytes(response.into_body(), 1_000).await.unwrap();
            (status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
        };
        assert_eq!(send("GET", "/users/1").await, (200, "Ann".into()));
        assert_eq!(send("GET", "/users/9").await, (404, "no row of `User` matches".into()));
        assert_eq!(send("POST", "/users/1/name/Anna").await, (200, "Anna is version 2".into()));
        assert_eq!(send("POST", "/users/9/name/Anna").await, (404, "no row of `User` matches".into()));
        assert_eq!(send("POST", "/users/1/birthday").await, (204, String::new()));
        assert_eq!(User::find(1).one(db).await?.age, Some(42));
        assert_eq!(db.pool_status().open, db.pool_status().idle);
    }
}

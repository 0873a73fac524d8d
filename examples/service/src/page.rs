//! The page for people, which uses the same routes as every other client.

use axum::Router;
use axum::response::Html;
use axum::routing::get;

use crate::state::AppState;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/", get(async || Html(include_str!("page.html"))))
}

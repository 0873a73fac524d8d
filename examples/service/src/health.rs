//! A health check, for load balancers and monitoring.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use orm::prelude::*;
use serde::Serialize;

use crate::state::AppState;

/// A server that takes longer counts as down.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Serialize)]
struct Health {
    healthy: bool,
    databases: Vec<Pool>,
}

#[derive(Serialize)]
struct Pool {
    name: String,
    server: &'static str,
    answers: bool,
    max: usize,
    open: usize,
    idle: usize,
    waiting: usize,
}

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/health", get(health))
}

async fn health(State(state): State<AppState>) -> (StatusCode, Json<Health>) {
    let mut databases = Vec::new();
    for name in std::iter::once("default").chain(state.db.binds()) {
        // Each of these names is that of a database.
        if let Ok(db) = state.db.on(name) {
            databases.push(look_at(name, &db).await);
        }
    }
    let healthy = databases.iter().all(|pool| pool.answers);
    let status = if healthy { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Health { healthy, databases }))
}

async fn look_at(name: &str, db: &Database) -> Pool {
    let answers = match tokio::time::timeout(PATIENCE, db.ping()).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(database = name, %error, "does not answer");
            false
        }
        Err(_) => {
            tracing::warn!(database = name, "does not answer in time");
            false
        }
    };
    let status = db.pool_status();
    Pool {
        name: name.to_owned(),
        server: db.dialect().name,
        answers,
        max: status.max,
        open: status.open,
        idle: status.idle,
        waiting: status.waiting,
    }
}

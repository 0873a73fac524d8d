//! A web service on `orm`: a blog with comments, tags and accounts.
//!
//! This is a library beside the program, so that tests can create their own app. There is a file per concern, and one per
//! resource with its models and handlers:
//!
//! | | |
//! |---|---|
//! | `config`, `state` | configuration, and the state of all handlers |
//! | `unit_of_work` | one session per request: committed on success, otherwise rolled back |
//! | `errors`, `forms` | error responses, and the form fields they are about |
//! | `users`, `posts`, `comments`, `tags`, `accounts` | resources |
//! | `audit`, `cache` | the two other databases |
//! | `migrations` | how all three get their tables |
//! | `reports`, `health`, `page` | reports, a health check, and the page |

#![allow(missing_docs, reason = "the fields of a model speak for themselves")]

pub mod accounts;
pub mod audit;
pub mod cache;
pub mod comments;
mod config;
mod errors;
mod forms;
mod health;
pub mod migrations;
mod page;
pub mod posts;
mod reports;
mod state;
pub mod tags;
mod unit_of_work;
pub mod users;

use std::time::Duration;

use axum::error_handling::HandleErrorLayer;
use axum::extract::{DefaultBodyLimit, Request};
use axum::{BoxError, Router, middleware};
use tower::ServiceBuilder;
use tower::timeout::TimeoutLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::{DefaultOnResponse, TraceLayer};

pub use config::{Config, Limits, LogFormat};
pub use errors::{AppError, FieldError};
pub use state::AppState;
pub use unit_of_work::Tx;

/// The service.
pub fn app(state: AppState) -> Router {
    layered(routes(), state)
}

/// All routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .merge(page::routes())
        .merge(health::routes())
        .merge(users::routes())
        .merge(posts::routes())
        .merge(comments::routes())
        .merge(tags::routes())
        .merge(accounts::routes())
        .merge(reports::routes())
        .merge(audit::routes())
        .fallback(async || AppError::NotFound)
        .method_not_allowed_fallback(async || AppError::WrongMethod)
}

/// The layers around each request, from the outermost to the innermost.
pub fn layered(routes: Router<AppState>, state: AppState) -> Router {
    let unit_of_work = middleware::from_fn_with_state(state.clone(), unit_of_work::around);
    let limits = state.limits;
    let layers = ServiceBuilder::new()
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_response(DefaultOnResponse::new().level(tracing::Level::INFO))
                // The unit of work has said what was wrong.
                .on_failure(()),
        )
        .layer(PropagateRequestIdLayer::x_request_id())
        // A panic ends its request, not the program. The unit of work is inside, and is rolled back on the way.
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(unit_of_work)
        // Inside of the unit of work: what is given up is the handler, and never a commit, whose end nobody would know.
        .layer(HandleErrorLayer::new(async |_: BoxError| AppError::TooSlow))
        .layer(TimeoutLayer::new(Duration::from_millis(limits.request_milliseconds)))
        .layer(DefaultBodyLimit::max(limits.body_bytes));
    routes.layer(layers).with_state(state)
}

/// Everything that is logged while a request runs, including statements, has the request's id.
fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
}

//! One session per request: a unit of work.
//!
//! A handler takes a [`Tx`] and works with it; it neither commits nor rolls back. Its response decides: a success commits, on
//! every database that was used; anything else rolls back, and so does a handler that takes too long. If the handler panics
//! or the client disconnects, the handler is dropped along with its session, which rolls back, too. In each case, one line
//! in the log says so.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use orm::prelude::*;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::errors::{AppError, Logged};
use crate::state::AppState;

/// The transaction of this request. It begins with the first statement, so a handler that fails before that, or sends no
/// statement, takes no connection.
pub struct Tx(OwnedMutexGuard<Session>);

impl Deref for Tx {
    // Not the session: a handler that only has a transaction cannot end it.
    type Target = Transaction;

    fn deref(&self) -> &Transaction {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Transaction {
        &mut self.0
    }
}

/// Where the extractor finds the session.
#[derive(Clone)]
struct Shared(Arc<Mutex<Session>>);

impl<S: Sync> FromRequestParts<S> for Tx {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
        let shared = parts.extensions.get::<Shared>().cloned();
        let Shared(session) = shared.ok_or(AppError::Mistake("the route is outside of the unit of work"))?;
        let session = session.try_lock_owned();
        session.map(Tx).map_err(|_| AppError::Mistake("a handler takes one `Tx`, not two"))
    }
}

/// The layer around all handlers.
pub(crate) async fn around(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    // Reads run in parallel, on SQLite too, if the database knows that they are only reads.
    let session = match request.method().is_safe() {
        true => state.db.transaction().read_only().session(),
        false => state.db.session(),
    };
    let session = Arc::new(Mutex::new(session));
    request.extensions_mut().insert(Shared(session.clone()));
    let mut watch = Watch { ended: false };
    let response = next.run(request).await;
    let ended = match session.try_lock() {
        Ok(mut session) => end(&mut session, response).await,
        Err(_) => {
            AppError::Mistake("a handler has handed its `Tx` to a task that outlives it").into_response()
        }
    };
    watch.ended = true;
    ended
}

/// Commits after a success, and responds with the error if that fails: only now is it known whether the work is done.
async fn end(session: &mut Session, response: Response) -> Response {
    let success = response.status().is_success() || response.status().is_redirection();
    let response = match success {
        true => match session.commit().await {
            Ok(()) => return response,
            Err(error) => AppError::from(error).into_response(),
        },
        false => response,
    };
    let error =
        response.extensions().get::<Logged>().map(|Logged(error)| error.to_string()).unwrap_or_default();
    let status = response.status().as_u16();
    let rolled_back = session.is_active();
    match response.status().is_server_error() {
        true => tracing::error!(status, error, rolled_back, "failed"),
        false => tracing::info!(status, error, rolled_back, "failed"),
    }
    // The answer stands, whatever becomes of this: the connection is not used again if it cannot be rolled back.
    if let Err(error) = session.rollback().await {
        tracing::warn!(%error, "the rollback failed");
    }
    response
}

/// Notices that a request was dropped before it was finished.
struct Watch {
    ended: bool,
}

impl Drop for Watch {
    fn drop(&mut self) {
        match (self.ended, std::thread::panicking()) {
            (true, _) => {}
            (false, true) => tracing::error!("rolled back: the handler panicked"),
            (false, false) => tracing::warn!("rolled back: the client went away"),
        }
    }
}

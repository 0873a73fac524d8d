//! Error responses: a status, a message, and the fields that it is about.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use orm::prelude::*;
use serde::Serialize;

/// Why a request failed.
#[derive(Debug)]
pub enum AppError {
    /// An error of the database. `?` converts an `orm::Error` to this.
    Database(orm::Error),
    /// Invalid values in a form.
    Fields(Vec<FieldError>),
    /// A request that cannot be read.
    BadRequest(String),
    /// A body that is longer than any form.
    TooLarge,
    /// A request that took longer than allowed.
    TooSlow,
    /// A path without a route.
    NotFound,
    /// A path that has a route, but not with this method.
    WrongMethod,
    /// A bug in this program.
    Mistake(&'static str),
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldError {
    pub field: &'static str,
    pub message: &'static str,
}

impl From<orm::Error> for AppError {
    fn from(error: orm::Error) -> Self {
        AppError::Database(error)
    }
}

impl fmt::Display for AppError {
    /// The text for the log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AppError::Database(error) => {
                write!(f, "{error}")?;
                error.sql().map_or(Ok(()), |sql| write!(f, ", in: {sql}"))
            }
            AppError::Fields(fields) => {
                let fields: Vec<String> =
                    fields.iter().map(|e| format!("{} {}", e.field, e.message)).collect();
                f.write_str(&fields.join(", "))
            }
            AppError::BadRequest(message) => f.write_str(message),
            AppError::TooLarge => f.write_str("the body is too large"),
            AppError::TooSlow => f.write_str("the request took too long"),
            AppError::NotFound => f.write_str("the path leads nowhere"),
            AppError::WrongMethod => f.write_str("the path is not for this method"),
            AppError::Mistake(message) => f.write_str(message),
        }
    }
}

impl AppError {
    /// One field that is wrong.
    pub fn field(field: &'static str, message: &'static str) -> Self {
        AppError::Fields(vec![FieldError { field, message }])
    }

    /// Maps the error of a statement that writes a form back to the field that it is about.
    ///
    /// Checking beforehand whether a value is taken would be a race condition, and one more statement: the database knows.
    pub fn of_form(error: orm::Error, fields: &[(&'static str, bool)]) -> Self {
        let field = fields.iter().find(|(_, violated)| *violated).map(|(field, _)| *field);
        let message = match error.kind() {
            ErrorKind::UniqueViolation => "is taken",
            ErrorKind::TooLong => "is too long",
            ErrorKind::ForeignKeyViolation => "does not exist",
            ErrorKind::OutOfRange => "is out of range",
            _ => return AppError::Database(error),
        };
        match field {
            Some(field) => Self::field(field, message),
            None => AppError::Database(error),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            AppError::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            AppError::BadRequest(_) => StatusCode::BAD_REQUEST,
            AppError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            AppError::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            AppError::NotFound => StatusCode::NOT_FOUND,
            AppError::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            AppError::Mistake(_) => StatusCode::INTERNAL_SERVER_ERROR,
            AppError::Database(error) => match error.kind() {
                ErrorKind::NotFound => StatusCode::NOT_FOUND,
                ErrorKind::InvalidCursor | ErrorKind::OutOfRange => StatusCode::BAD_REQUEST,
                ErrorKind::Stale | ErrorKind::UniqueViolation | ErrorKind::ForeignKeyViolation => {
                    StatusCode::CONFLICT
                }
                // It may well work in a moment.
                ErrorKind::PoolTimeout
                | ErrorKind::Connect
                | ErrorKind::ConnectionLost
                | ErrorKind::LockTimeout
                | ErrorKind::Closed => StatusCode::SERVICE_UNAVAILABLE,
                _ if error.is_retryable() => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// What a client may see: no statement, no table, no server.
    fn message(&self) -> String {
        match (self, self.status()) {
            (AppError::Fields(_), _) => "some fields are wrong".to_owned(),
            (AppError::BadRequest(message), _) => message.clone(),
            (AppError::TooLarge, _) => "this is more than can be sent at once".to_owned(),
            (AppError::TooSlow, _) => {
                "this took too long and was given up; look what is there before you try again".to_owned()
            }
            (AppError::WrongMethod, _) => "this cannot be done here".to_owned(),
            (AppError::Database(error), StatusCode::BAD_REQUEST) if error.is_out_of_range() => {
                "a number or a time is beyond those that are kept".to_owned()
            }
            (_, StatusCode::BAD_REQUEST) => {
                "this cursor is not one of ours; begin at the first page".to_owned()
            }
            (_, StatusCode::NOT_FOUND) => "there is no such thing".to_owned(),
            (AppError::Database(error), StatusCode::CONFLICT) if error.is_stale() => {
                "somebody else has changed this meanwhile; load it again".to_owned()
            }
            (_, StatusCode::CONFLICT) => "this is not possible beside what is there".to_owned(),
            (_, StatusCode::SERVICE_UNAVAILABLE) => "the service is busy; try again in a moment".to_owned(),
            _ => "something went wrong; the log knows it by the request id".to_owned(),
        }
    }
}

/// The error behind a response, for the log.
#[derive(Clone)]
pub(crate) struct Logged(pub(crate) Arc<AppError>);

#[derive(Serialize)]
struct Body<'a> {
    message: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    fields: &'a [FieldError],
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let fields = if let AppError::Fields(fields) = &self { fields.as_slice() } else { &[] };
        let mut response = (self.status(), Json(Body { message: self.message(), fields })).into_response();
        response.extensions_mut().insert(Logged(Arc::new(self)));
        response
    }
}

/// The response if a handler panics.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    AppError::Mistake("a handler panicked").into_response()
}

//! Input from clients: JSON and query strings, whose errors are reported like all others.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::errors::{AppError, FieldError};

/// A JSON body.
pub(crate) struct Form<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        let read = axum::Json::from_request(request, state).await;
        read.map(|axum::Json(form)| Form(form)).map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge,
            _ => AppError::BadRequest(error.body_text()),
        })
    }
}

/// The number in a path, `/posts/{id}`. Anything else, or a number beyond what every database can store, is treated as a path
/// to something that does not exist.
pub(crate) struct Id(pub(crate) u64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let read = axum::extract::Path::from_request_parts(parts, state).await;
        let id = read.ok().map(|axum::extract::Path(id): axum::extract::Path<u64>| id);
        id.filter(|&id| i64::try_from(id).is_ok()).map(Id).ok_or(AppError::NotFound)
    }
}

/// The query string.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let read = axum::extract::Query::from_request_parts(parts, state).await;
        read.map(|axum::extract::Query(params)| Params(params))
            .map_err(|error| AppError::BadRequest(error.body_text()))
    }
}

/// Validates all fields at once: nobody likes to correct one field after the other.
#[derive(Default)]
pub(crate) struct Check(Vec<FieldError>);

impl Check {
    /// Records an error if a field is wrong.
    pub(crate) fn that(mut self, fine: bool, field: &'static str, message: &'static str) -> Self {
        if !fine {
            self.0.push(FieldError { field, message });
        }
        self
    }

    /// Requires a text that is not blank. An absent one is accepted.
    pub(crate) fn filled<'t>(self, text: impl Into<Option<&'t String>>, field: &'static str) -> Self {
        let empty = text.into().is_some_and(|text| text.trim().is_empty());
        self.that(!empty, field, "is empty")
    }

    pub(crate) fn done(self) -> Result<(), AppError> {
        if self.0.is_empty() { Ok(()) } else { Err(AppError::Fields(self.0)) }
    }
}

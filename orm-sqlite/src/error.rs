//! Classifies SQLite's errors.

use orm_core::{Error, ErrorKind};
use rusqlite::ffi::{self, ErrorCode};

/// Returns whether another connection holds the required lock.
pub(crate) fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code().is_some_and(is_busy_code)
}

fn is_busy_code(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
}

/// The error of a statement that wants to write in a transaction that was begun by raw SQL, and may have read.
pub(crate) fn busy_at_once(error: rusqlite::Error) -> Error {
    let error = classify(error);
    if !error.is_lock_timeout() {
        return error;
    }
    let message = "another connection is writing, and what this transaction has read may be out of date once \
                   that ends: roll back; a transaction that begins with `BEGIN IMMEDIATE` waits instead";
    error.into_kind(ErrorKind::LockTimeout, message).with_retry()
}

/// Classifies an error. SQLite's messages contain names of tables and columns, never values.
pub(crate) fn classify(error: rusqlite::Error) -> Error {
    let rusqlite::Error::SqliteFailure(failure, text) = &error else { return not_run(error) };
    let text = text.clone().unwrap_or_else(|| failure.to_string());
    let code = failure.extended_code;
    let named = text.split_once(": ").map(|(_, names)| names.to_owned()).unwrap_or_default();
    let columns = || named.split(", ").map(|name| name.rsplit('.').next().unwrap_or(name).to_owned());
    let error = match code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            Error::new(
                ErrorKind::UniqueViolation,
                format!("a row with the same {} already exists", quoted(&named)),
            )
            .with_columns(columns())
        }
        ffi::SQLITE_CONSTRAINT_NOTNULL => {
            Error::new(ErrorKind::NotNullViolation, format!("{} cannot be NULL", quoted(&named)))
                .with_columns(columns())
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => foreign_key(),
        ffi::SQLITE_CONSTRAINT_CHECK => check(&named),
        // SQLite implements RESTRICT as a trigger.
        ffi::SQLITE_CONSTRAINT_TRIGGER if text == "FOREIGN KEY constraint failed" => foreign_key(),
        ffi::SQLITE_CONSTRAINT_TRIGGER => Error::new(ErrorKind::Raised, text),
        ffi::SQLITE_BUSY_SNAPSHOT => Error::new(
            ErrorKind::Serialization,
            "what this transaction has read is out of date, because another connection has written since: \
             roll back and run it again",
        ),
        ffi::SQLITE_BUSY => Error::new(
            ErrorKind::LockTimeout,
            format!(
                "{text}: another connection held the lock for longer than `busy_timeout` in the URL, or the \
                 transaction's `lock_timeout`, allows"
            ),
        ),
        _ if failure.code == ErrorCode::ReadOnly => Error::new(
            ErrorKind::PermissionDenied,
            format!(
                "{text}: this transaction is read-only, because of `.read_only()`, `db.replica()`, or a file \
                 that cannot be written; run changes on the primary, `&db`"
            ),
        ),
        _ => {
            let error = Error::new(failure_kind(*failure, &text), text.clone());
            match column_given(&text) {
                Some(column) => error.with_columns([column]),
                None => error,
            }
        }
    };
    let error = if is_busy_code(failure.code) { error.with_retry() } else { error };
    error.with_code(code.unsigned_abs()).with_source(SqliteError(code))
}

/// The error of a statement that SQLite could not prepare, or was not asked to run.
fn not_run(error: rusqlite::Error) -> Error {
    let (kind, message) = match &error {
        rusqlite::Error::SqlInputError { msg, .. } => (message_kind(msg), msg.clone()),
        rusqlite::Error::ToSqlConversionFailure(_) => (ErrorKind::OutOfRange, error.to_string()),
        rusqlite::Error::InvalidParameterCount(values, placeholders) => (
            ErrorKind::InvalidQuery,
            format!("the statement has {placeholders} placeholders, but {values} values"),
        ),
        other => (ErrorKind::Server, other.to_string()),
    };
    Error::new(kind, message).with_source(error)
}

/// Quotes each name in `users.email, users.name`.
fn quoted(names: &str) -> String {
    names.split(", ").map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Returns the column named by a function of this crate for which a number is too large.
fn column_given(text: &str) -> Option<&str> {
    Some(text.strip_prefix("column `")?.split_once("` is given a number")?.0)
}

fn foreign_key() -> Error {
    Error::new(
        ErrorKind::ForeignKeyViolation,
        "a foreign key would reference a row that does not exist (SQLite does not say which key)",
    )
}

/// The error for a failed CHECK; those that stand for a type have names that say so.
fn check(name: &str) -> Error {
    if let Some((column, limit)) = name.split_once(": length <= ") {
        return Error::new(ErrorKind::TooLong, format!("the value for `{column}` is longer than {limit}"))
            .with_columns([column])
            .with_constraint(name);
    }
    if let Some(column) = name.strip_suffix(": range") {
        return Error::new(ErrorKind::OutOfRange, format!("the number for `{column}` is outside its type"))
            .with_columns([column])
            .with_constraint(name);
    }
    Error::new(ErrorKind::CheckViolation, format!("the check constraint `{name}` failed"))
        .with_constraint(name)
}

fn failure_kind(failure: ffi::Error, text: &str) -> ErrorKind {
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => ErrorKind::LockTimeout,
        ErrorCode::CannotOpen | ErrorCode::NotADatabase => ErrorKind::Connect,
        ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied => {
            ErrorKind::PermissionDenied
        }
        ErrorCode::OperationInterrupted => ErrorKind::Interrupted,
        ErrorCode::TooBig => ErrorKind::TooLong,
        _ => message_kind(text),
    }
}

/// SQLite has one code for all errors in the text of a statement.
fn message_kind(text: &str) -> ErrorKind {
    if text.starts_with("no such table") {
        ErrorKind::NoSuchTable
    } else if text.starts_with("no such column") || text.contains("has no column named") {
        ErrorKind::NoSuchColumn
    } else if text.contains("syntax error") || text.contains("no such function") {
        ErrorKind::Syntax
    } else if text.contains("integer overflow") || text.contains("does not fit") {
        ErrorKind::OutOfRange
    } else {
        ErrorKind::Server
    }
}

/// The source of a classified error, whose message has already been used.
#[derive(Debug)]
struct SqliteError(i32);

impl std::fmt::Display for SqliteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SQLite error {}: {}", self.0, ffi::code_to_str(self.0))
    }
}

impl std::error::Error for SqliteError {}

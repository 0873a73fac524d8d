//! Error classification.

use std::fmt;

use orm_core::{Error, ErrorKind};

/// An error reported by the server.
#[derive(Debug, Clone)]
pub(crate) struct Refusal<'a> {
    pub(crate) code: u16,
    pub(crate) state: &'a str,
    pub(crate) message: &'a str,
}

/// The error for a broken connection.
pub(crate) fn broken(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    let ended = causes(&error)
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(tokio::runtime::is_rt_shutdown_err));
    let message = match ended {
        true => {
            "the connection was opened in a tokio runtime that has ended meanwhile: open a `Database` in each \
             runtime, such as that of each `#[tokio::test]`, or use one runtime for all"
        }
        false => "the connection to the server was lost",
    };
    Error::new(ErrorKind::ConnectionLost, message).with_source(error)
}

/// Returns the error and its sources.
fn causes<'e>(
    error: &'e (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'e (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

/// The error if the server requests a file that was not offered.
pub(crate) fn no_file() -> Error {
    Error::new(
        ErrorKind::Unsupported,
        "the server asks for a local file (`LOAD DATA LOCAL`), which is never sent: load rows with `insert_all(..).bulk()`",
    )
}

/// Classifies an error of the server. Its messages may contain values: such messages are replaced.
pub(crate) fn refused(refusal: &Refusal<'_>) -> Error {
    let Refusal { code, state, message: text } = *refusal;
    let kind = kind(code, state, text);
    let error = match kind {
        ErrorKind::UniqueViolation => duplicate(code, text),
        ErrorKind::ForeignKeyViolation => foreign_key(code, text),
        ErrorKind::CheckViolation => check(text),
        ErrorKind::NotNullViolation | ErrorKind::TooLong | ErrorKind::OutOfRange => of_column(kind, text),
        _ => Error::new(kind, message(kind, code, text)),
    };
    let source = ServerError { code, state: state.to_owned() };
    error.with_code(u32::from(code)).with_sqlstate(state).with_source(source)
}

fn duplicate(code: u16, text: &str) -> Error {
    let kind = ErrorKind::UniqueViolation;
    // `… table 'lands', record '…' would lead to a duplicate entry in table 'towns', key 'PRIMARY'`, or
    // `… in a child table`. The key does not belong to the row that the statement is about.
    if matches!(code, 1761 | 1762) {
        let key = last_quoted(text).filter(|_| code == 1761);
        let key = key.map_or("a unique key".to_owned(), |key| format!("the key `{key}`"));
        let message = format!("a cascading foreign key would give other rows a duplicate value for {key}");
        return Error::new(kind, message);
    }
    // `Duplicate entry '…' for key 'users.users_email_key'`; MariaDB omits the table. 1169 does not name the key.
    match text.rsplit_once(" for key '") {
        Some((_, key)) => {
            let key = key.trim_end_matches('\'').rsplit('.').next().unwrap_or(key);
            Error::new(kind, format!("a row with the same value for the key `{key}` already exists"))
                .with_constraint(key)
        }
        None => Error::new(kind, "a row with the same value for a unique key already exists"),
    }
}

fn foreign_key(code: u16, text: &str) -> Error {
    let kind = ErrorKind::ForeignKeyViolation;
    let what = if matches!(code, 1217 | 1451) {
        "other rows still reference this row"
    } else {
        "the foreign key would reference a row that does not exist"
    };
    match between(text, "CONSTRAINT `", "`") {
        Some(name) => Error::new(kind, format!("{what} (constraint `{name}`)")).with_constraint(name),
        None => Error::new(kind, what),
    }
}

fn check(text: &str) -> Error {
    let name = between(text, "onstraint '", "'").or_else(|| between(text, "CONSTRAINT `", "`"));
    let kind = ErrorKind::CheckViolation;
    match name {
        Some(name) => Error::new(kind, format!("the check constraint `{name}` failed")).with_constraint(name),
        None => Error::new(kind, "a check constraint failed"),
    }
}

/// The error for a value that its column cannot hold.
fn of_column(kind: ErrorKind, text: &str) -> Error {
    let column = between(text, "olumn '", "'").or_else(|| between(text, "Field '", "'"));
    let column = column.map(|name| name.rsplit('.').next().unwrap_or(name).trim_matches('`'));
    let what = match kind {
        ErrorKind::NotNullViolation => "cannot be NULL, or needs a value because it has no default",
        ErrorKind::TooLong => "is given a value that is too long",
        _ => "is given a value that it cannot hold",
    };
    match column {
        Some(column) => Error::new(kind, format!("column `{column}` {what}")).with_columns([column]),
        None => Error::new(kind, without_values(text)),
    }
}

/// Returns the message of an error that is not about a constraint or a column: the server's, with advice where it leaves
/// something open, and without values.
fn message(kind: ErrorKind, code: u16, text: &str) -> String {
    match kind {
        ErrorKind::CommitInDoubt => "the node lost its cluster while the transaction was being committed: it may or may \
                                     not have been committed"
            .to_owned(),
        // The server's message advises restarting the transaction, which is not necessary.
        ErrorKind::LockTimeout if code == 1205 => {
            "a lock was not granted in time, because another transaction holds it".to_owned()
        }
        // Galera's message says more than InnoDB's.
        ErrorKind::Deadlock if !text.contains("WSREP") => {
            "a deadlock with another transaction, to end which the server rolled this one back: run it again from its \
             start, as `db.transaction().retry(3).run(..)` does"
                .to_owned()
        }
        // The message of InnoDB's own parser. Other syntax errors have another message.
        ErrorKind::Syntax if text.starts_with("syntax error") => {
            format!("the search text is not a valid boolean search ({text}): `has_words` accepts any text")
        }
        _ => match code {
            // `Record has changed since last read in table 'users'; try restarting transaction`.
            1020 => format!(
                "another transaction has changed a row of `{}` since the first read of this one, which the server \
                 rolled back (`innodb_snapshot_isolation`): run it again from its start, as \
                 `db.transaction().retry(3).run(..)` does",
                between(text, "table '", "'").unwrap_or("a table")
            ),
            1046 => "the URL names no database: add one after the host, as in `mysql://localhost/app`".to_owned(),
            1191 => "there is no full-text index over exactly the searched columns: add one to the model with \
                     `full_text(..)`, and create it with a migration; a derived table has no index: search before \
                     `.into_query()`"
                .to_owned(),
            // `Function 'ngram' is not defined`.
            1128 => format!("{text}; if it is the `parser` of a full-text index, the server has none of this name"),
            // `Incorrect arguments to MATCH`.
            1210 if text.ends_with(" MATCH") => {
                "a full-text search can only search columns, all of one table".to_owned()
            }
            // MySQL's message for the rows of a query.
            1214 => format!(
                "{text}, and neither do the rows of a query: search the table, before `.into_query()`"
            ),
            1792 => "this transaction is read-only, because of `.read_only()`, `db.replica()`, or `read_only=true` \
                     in the URL: run changes on the primary, `&db`"
                .to_owned(),
            // Blocked and unknown hosts, and users with too many connections or statements: these name users, hosts and
            // limits.
            1129 | 1130 | 1203 | 1226 => text.to_owned(),
            1461 => format!(
                "{text}: raise it on the server, which has one limit for all connections, or lower `statement_cache`"
            ),
            // `Column 'body' cannot be part of FULLTEXT index`.
            1283 => format!("{text}, whose columns are texts with one collation, and are stored"),
            _ if is_without_values(kind) => text.to_owned(),
            _ => without_values(text),
        },
    }
}

/// Returns whether the server's messages name only tables, columns and words of the statement, or were addressed to the
/// program by the author of a procedure.
fn is_without_values(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::NoSuchTable
            | ErrorKind::NoSuchColumn
            | ErrorKind::Syntax
            | ErrorKind::PermissionDenied
            | ErrorKind::Raised
    )
}

/// Classifies an error by the server's error codes:
/// <https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html> and
/// <https://mariadb.com/kb/en/mariadb-error-code-reference/>.
fn kind(code: u16, state: &str, text: &str) -> ErrorKind {
    match code {
        // The SQLSTATE class reserved for applications.
        _ if state.starts_with("45") => ErrorKind::Raised,
        1642..=1644 => ErrorKind::Raised,
        // One code covers all failures of a commit, and one all options that forbid a statement. What was to be
        // committed may have reached the other nodes before this one lost contact with them.
        1180 if text.contains("Primary Component") || text.contains("provider status") => {
            ErrorKind::CommitInDoubt
        }
        1180 if text.contains("149") => ErrorKind::Serialization,
        1290 if text.contains("read-only") => ErrorKind::WrongNode,
        1047 if text.contains("WSREP") => ErrorKind::WrongNode,
        1836 => ErrorKind::WrongNode,
        1062 | 1169 | 1586 | 1761 | 1762 | 1859 => ErrorKind::UniqueViolation,
        1216 | 1217 | 1451 | 1452 => ErrorKind::ForeignKeyViolation,
        1048 | 1263 | 1364 | 1566 => ErrorKind::NotNullViolation,
        3819 | 4025 => ErrorKind::CheckViolation,
        1153 | 1301 | 1406 => ErrorKind::TooLong,
        1264 | 1265 | 1292 | 1366 | 1367 | 1690 | 1416 | 3140 => ErrorKind::OutOfRange,
        1213 | 1614 => ErrorKind::Deadlock,
        1205 | 3572 => ErrorKind::LockTimeout,
        // MariaDB's snapshot conflict, and the conflicts of Group Replication and Galera.
        1020 | 3101 => ErrorKind::Serialization,
        // The last one is about a table that a foreign key references.
        1146 | 1051 | 1824 => ErrorKind::NoSuchTable,
        1054 | 1166 => ErrorKind::NoSuchColumn,
        1064 | 1149 | 1305 => ErrorKind::Syntax,
        1044 | 1045 | 1142 | 1143 | 1227 | 1290 | 1370 | 1698 | 1792 => ErrorKind::PermissionDenied,
        1317 | 1969 | 3024 => ErrorKind::Interrupted,
        1053 | 1077 | 1079 | 1152 | 1158..=1161 | 1184 | 1927 | 4031 => ErrorKind::ConnectionLost,
        _ => ErrorKind::Server,
    }
}

/// Returns the text in the last pair of single quotes.
fn last_quoted(text: &str) -> Option<&str> {
    let end = text.rfind('\'')?;
    let start = text[..end].rfind('\'')?;
    Some(&text[start + 1..end])
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let start = text.find(before)? + before.len();
    let end = text[start..].find(after)? + start;
    Some(&text[start..end])
}

/// Returns the message without its quoted parts, which may be data.
fn without_values(text: &str) -> String {
    // The apostrophe in `Can't` and the like is not a quote.
    let text = text.replace("n't ", "n’t ");
    let mut parts = text.split('\'');
    let mut safe = parts.next().unwrap_or_default().to_owned();
    while parts.next().is_some() {
        safe.push('…');
        safe.push_str(parts.next().unwrap_or_default());
    }
    safe
}

/// The source of a classified error, without the server's message, which may contain values.
#[derive(Debug)]
struct ServerError {
    code: u16,
    state: String,
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "server error {} (SQLSTATE {})", self.code, self.state)
    }
}

impl std::error::Error for ServerError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_rows_that_follow_tell_no_values() {
        let told = |code, message| refused(&Refusal { code, state: "23000", message });
        let error = told(
            1761,
            "Foreign key constraint for table 'lands', record 'secret' would lead to a duplicate entry in table 'towns', key 'PRIMARY'",
        );
        assert!(error.is_unique_violation() && error.constraint().is_none(), "{error:?}");
        assert_eq!(
            error.to_string(),
            "a cascading foreign key would give other rows a duplicate value for the key `PRIMARY`"
        );
        let error = told(
            1762,
            "Foreign key constraint for table 'lands', record 'secret' would lead to a duplicate entry in a child table",
        );
        assert!(error.is_unique_violation() && !format!("{error:?}").contains("secret"), "{error:?}");
    }

    #[test]
    fn of_foreign_keys_name_none_where_the_server_does_not() {
        let message = "Cannot delete or update a parent row: a foreign key constraint fails ()";
        let error = refused(&Refusal { code: 1451, state: "23000", message });
        assert_eq!(error.to_string(), "other rows still reference this row");
        assert_eq!(error.constraint(), None);
    }

    #[test]
    fn of_snapshots_say_what_happened() {
        let message = "Record has changed since last read in table 'users'; try restarting transaction";
        let error = refused(&Refusal { code: 1020, state: "HY000", message });
        assert!(
            error.to_string().starts_with("another transaction has changed a row of `users` since"),
            "{error}"
        );
    }

    #[test]
    fn of_unique_keys_name_the_key_where_the_server_does() {
        let told = |code, message| refused(&Refusal { code, state: "23000", message });
        let error = told(1062, "Duplicate entry 'it's for key 'x'' for key 'users.users_email_key'");
        assert_eq!(error.constraint(), Some("users_email_key"));
        assert_eq!(
            error.to_string(),
            "a row with the same value for the key `users_email_key` already exists"
        );
        let error = told(1169, "Can't write, because of unique constraint, to table 'users'");
        assert!(error.is_unique_violation() && error.constraint().is_none(), "{error:?}");
        assert_eq!(error.to_string(), "a row with the same value for a unique key already exists");
    }

    #[test]
    fn of_limits_name_them() {
        let told = |code, message| refused(&Refusal { code, state: "42000", message }).to_string();
        let limit = "User 'app' has exceeded the 'max_user_connections' resource (current value: 3)";
        assert_eq!(told(1226, limit), limit);
        let many = told(1461, "Can't create more than max_prepared_stmt_count statements (current value: 4)");
        assert!(
            many.contains("max_prepared_stmt_count") && many.ends_with("lower `statement_cache`"),
            "{many}"
        );
    }

    #[test]
    fn of_full_text_indexes_say_what_to_do() {
        let told = |code, message| refused(&Refusal { code, state: "HY000", message }).to_string();
        let missing = told(1191, "Can't find FULLTEXT index matching the column list");
        let advice = "add one to the model with `full_text(..)`, and create it with a migration; a derived table has no index: search \
                      before `.into_query()`";
        assert!(missing.ends_with(advice), "{missing}");
        let other = told(1283, "Column 'body' cannot be part of FULLTEXT index");
        assert!(
            other.starts_with("Column 'body' cannot be part") && other.contains("one collation"),
            "{other}"
        );
        let words = told(1064, "syntax error, unexpected $end");
        assert_eq!(
            words,
            "the search text is not a valid boolean search (syntax error, unexpected $end): `has_words` \
             accepts any text"
        );
        let statement = "You have an error in your SQL syntax; check the manual";
        assert_eq!(told(1064, statement), statement);
    }

    #[test]
    fn of_clusters_are_told_apart_by_what_they_mean() {
        let cases = [
            (
                1213,
                "Deadlock found when trying to get lock; try restarting transaction",
                ErrorKind::Deadlock,
                true,
            ),
            (1020, "Record has changed since last read in table 't'", ErrorKind::Serialization, true),
            (
                3101,
                "Plugin instructed the server to rollback the current transaction.",
                ErrorKind::Serialization,
                true,
            ),
            (
                1180,
                "Got error 149 - 'Lock deadlock; Retry transaction' during COMMIT",
                ErrorKind::Serialization,
                true,
            ),
            (1180, "Got error 28 - 'No space left on device' during COMMIT", ErrorKind::Server, false),
            (
                1180,
                "Got error 6 during COMMIT: Not connected to Primary Component",
                ErrorKind::CommitInDoubt,
                false,
            ),
            (
                1180,
                "Error while appending streaming replication fragment(provider status: Not connected to \
                 Primary Component)",
                ErrorKind::CommitInDoubt,
                false,
            ),
            (1180, "wsrep_max_ws_rows exceeded", ErrorKind::Server, false),
            (1105, "Maximum writeset size exceeded", ErrorKind::Server, false),
            (1047, "WSREP has not yet prepared node for application use", ErrorKind::WrongNode, true),
            (1047, "Unknown command", ErrorKind::Server, false),
            (
                1290,
                "The MySQL server is running with the --super-read-only option",
                ErrorKind::WrongNode,
                true,
            ),
            (
                1290,
                "The MySQL server is running with the --secure-file-priv option",
                ErrorKind::PermissionDenied,
                false,
            ),
            (1836, "Running in read-only mode", ErrorKind::WrongNode, true),
            (1205, "Lock wait timeout exceeded; try restarting transaction", ErrorKind::LockTimeout, false),
            (
                3572,
                "Statement aborted because lock(s) could not be acquired immediately",
                ErrorKind::LockTimeout,
                false,
            ),
            (1317, "Query execution was interrupted", ErrorKind::Interrupted, false),
        ];
        for (code, message, kind, retryable) in cases {
            let told = refused(&Refusal { code, state: "HY000", message });
            assert_eq!((told.kind(), told.is_retryable()), (kind, retryable), "{code} {message}");
            assert_eq!(told.code(), Some(u32::from(code)));
        }
    }
}

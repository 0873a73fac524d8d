//! The state of a transaction.

use crate::error::{Error, ErrorKind};

/// The state of a transaction on one database: set before each await that may change it, checked before each
/// statement. A transaction that has not begun has no state.
#[derive(Debug, Clone)]
pub(super) enum State {
    /// The transaction is open on the server.
    Active,
    /// A statement is in flight. If this is seen later, its future was dropped.
    Running,
    /// The transaction is over on the server or unusable, and must be rolled back.
    Dead(Error),
    /// The connection broke during COMMIT.
    InDoubt,
}

impl State {
    /// Refuses a statement that would not run in the transaction it belongs to.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self {
            State::Active => Ok(()),
            State::Running => Err(Error::new(
                ErrorKind::TransactionDead,
                "a statement of this transaction was cancelled, and so the transaction cannot go on; roll \
                 back to start a new one",
            )),
            State::Dead(cause) => Err(cause.clone().into_kind(
                ErrorKind::TransactionDead,
                format!(
                    "this transaction was ended by an earlier error ({cause}); roll back to start a new one"
                ),
            )),
            State::InDoubt => Err(Error::new(
                ErrorKind::CommitInDoubt,
                "the connection broke, or the commit was cancelled, while this transaction was being \
                 committed: check whether it was committed, then roll back to start a new one",
            )),
        }
    }
}

/// Converts the error of a commit: it is in doubt if the connection was lost.
pub(super) fn commit_error(error: Error) -> Error {
    if error.is_connection_lost() {
        return error.into_kind(
            ErrorKind::CommitInDoubt,
            "the connection broke while the transaction was being committed: it may or may not have been \
             committed",
        );
    }
    error
}

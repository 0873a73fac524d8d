//! What a transaction knows about itself.

use crate::error::{Error, ErrorKind};

/// The state of a transaction on one database: set before each await that may change it, checked before each
/// statement. One that has not begun has none.
#[derive(Debug, Clone)]
pub(super) enum State {
    /// It is open on the server.
    Active,
    /// A statement is on its way. Seen later, its future was dropped.
    Running,
    /// It is over on the server, or of no use any more, and waits for `rollback`.
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
                "a statement of this transaction was cancelled, and with it the transaction; roll back to start anew",
            )),
            State::Dead(cause) => Err(cause.clone().into_kind(
                ErrorKind::TransactionDead,
                format!("this transaction is over since an earlier error ({cause}); roll back to start anew"),
            )),
            State::InDoubt => Err(Error::new(
                ErrorKind::CommitInDoubt,
                "the connection broke, or the commit was cancelled, while this transaction was being committed: look whether it \
                 was, then roll back to start anew",
            )),
        }
    }
}

/// The error of a commit: in doubt if nobody answered.
pub(super) fn commit_error(error: Error) -> Error {
    if error.is_connection_lost() {
        return error.into_kind(
            ErrorKind::CommitInDoubt,
            "the connection broke while the transaction was being committed: it may have been, or not",
        );
    }
    error
}

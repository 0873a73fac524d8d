//! Checks whether the transaction is still open on the server when no answer has said so.

use mysql_async::consts::StatusFlags;
use orm_core::syntax::{Statement, Words};
use orm_core::{Error, ErrorKind, Result};

use super::{MysqlConnection, ends_transaction};
use crate::transport::Transport;

/// Does nothing, and is answered with an OK, which has the server's flags.
const NOTHING: &str = "DO 0";

/// The first words of statements that end no transaction, unless their error is of a kind that does.
const PLAIN: [&str; 6] = ["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"];

/// The first words of statements that run others on the server. These can end the transaction and begin a new one, as
/// any statement on a table does, after which the server's flags are the same as before.
const PROGRAMS: [&str; 3] = ["CALL", "EXECUTE", "BEGIN"];

/// A savepoint, which disappears with its transaction.
const MARK: &str = "SAVEPOINT orm_still_open";
const TAKE_MARK: &str = "RELEASE SAVEPOINT orm_still_open";
const NO_SUCH_SAVEPOINT: u32 = 1305;

impl<T: Transport> MysqlConnection<T> {
    /// Queries the flags after an error, which has none, if the statement may have ended the transaction before it
    /// failed, as a procedure can.
    pub(super) async fn look_after<R>(&mut self, result: Result<R>, statement: &Statement) -> Result<R> {
        match result {
            Err(error) if self.in_transaction && !is_plain(statement) && !ends_transaction(&error) => {
                self.look_if_unsaid().await.and(Err(error))
            }
            result => result,
        }
    }

    /// Queries the flags if the last answer was an error.
    pub(super) async fn look_if_unsaid(&mut self) -> Result<()> {
        if self.transport.flags().is_none() {
            self.text(NOTHING).await?;
        }
        Ok(())
    }

    /// Returns whether there is a marker to check, or one to set. A query for warnings directly follows its statement.
    pub(super) fn is_to_be_marked(&self, statement: &Statement) -> bool {
        self.session
            && self.in_transaction
            && (self.marked || is_program(statement))
            && statement.sql != self.dialect.warnings
    }

    /// Sets the marker before a statement that runs others.
    pub(super) async fn mark(&mut self, statement: &Statement) -> Result<()> {
        self.look_at_mark().await?;
        if is_program(statement) {
            self.text(MARK).await?;
            self.marked = true;
        }
        Ok(())
    }

    /// Returns an error if the marker is gone. The transaction that exists then was not begun by the program, and is
    /// rolled back.
    pub(super) async fn look_at_mark(&mut self) -> Result<()> {
        if !std::mem::take(&mut self.marked) {
            return Ok(());
        }
        match self.text(TAKE_MARK).await {
            Err(error) if error.code() == Some(NO_SUCH_SAVEPOINT) => {
                self.roll_back().await?;
                Err(ended())
            }
            result => result,
        }
    }

    /// Returns an error if the transaction has ended implicitly: the next statement would begin a new one.
    pub(super) fn check_still_open(&mut self) -> Result<()> {
        let Some(flags) = self.transport.flags() else { return Ok(()) };
        if !self.session || !self.in_transaction || flags.contains(StatusFlags::SERVER_STATUS_IN_TRANS) {
            return Ok(());
        }
        Err(ended())
    }
}

#[cold]
fn ended() -> Error {
    let message =
        "the server has ended the transaction: the last statement in it caused a commit or a rollback";
    Error::new(ErrorKind::TransactionDead, message)
}

/// Returns whether it is one of the common statements, which need no extra query.
fn is_plain(statement: &Statement) -> bool {
    let sql = &statement.sql;
    !statement.several
        && PLAIN
            .iter()
            .any(|word| sql.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

fn is_program(statement: &Statement) -> bool {
    // Batches consist of common statements only.
    !is_plain(statement)
        && !statement.several
        && Words::of(&statement.sql).next().is_some_and(|word| PROGRAMS.contains(&&*word))
}

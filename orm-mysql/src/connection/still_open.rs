//! Whether the transaction is still open on the server, where no answer has said so.

use mysql_async::consts::StatusFlags;
use orm_core::syntax::Statement;
use orm_core::{Error, ErrorKind, Result};

use super::{MysqlConnection, ends_transaction};

/// Does nothing, and is answered with an OK, which has the server's flags.
const NOTHING: &str = "DO 0";

/// What statements begin with that end no transaction, unless their error is of a kind that does.
const PLAIN: [&str; 6] = ["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"];

impl MysqlConnection {
    /// Asks the server after an error, which has no flags, of a statement that may have ended the transaction before it
    /// failed, as a procedure can.
    pub(super) async fn look_after<T>(&mut self, result: Result<T>, statement: &Statement) -> Result<T> {
        match result {
            Err(error) if self.in_transaction && !is_plain(statement) && !ends_transaction(&error) => {
                self.look_if_unsaid().await.and(Err(error))
            }
            result => result,
        }
    }

    /// Has the server say it, if the last that it said was an error.
    pub(super) async fn look_if_unsaid(&mut self) -> Result<()> {
        if self.connection.last_ok_packet().is_none() {
            self.text(NOTHING).await?;
        }
        Ok(())
    }

    /// Refuses to go on if the transaction has ended with what was left out: the next statement would begin a new one.
    pub(super) fn check_still_open(&mut self) -> Result<()> {
        let Some(packet) = self.connection.last_ok_packet() else { return Ok(()) };
        if !self.session
            || !self.in_transaction
            || packet.status_flags().contains(StatusFlags::SERVER_STATUS_IN_TRANS)
        {
            return Ok(());
        }
        let message = "the server has ended the transaction: a statement whose rows were left unread committed or rolled \
                       back by itself";
        Err(Error::new(ErrorKind::TransactionDead, message))
    }
}

/// Whether it is one of a program's everyday statements, which then cost no question.
fn is_plain(statement: &Statement) -> bool {
    let sql = &statement.sql;
    !statement.several
        && PLAIN
            .iter()
            .any(|word| sql.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

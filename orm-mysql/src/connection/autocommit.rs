//! Checks autocommit, which the server reports with each OK.

use mysql_async::consts::StatusFlags;
use orm_core::{Error, ErrorKind, Result};

use super::MysqlConnection;
use crate::transport::Transport;

impl<T: Transport> MysqlConnection<T> {
    /// Compares the reported autocommit with what was set. A statement of the program, or a procedure that it calls,
    /// may have changed it, or a proxy may have moved the connection to another server.
    pub(super) fn look_at_autocommit(&mut self, flags: StatusFlags) -> Result<()> {
        let commits = flags.contains(StatusFlags::SERVER_STATUS_AUTOCOMMIT);
        let known = std::mem::replace(&mut self.meddled, commits != self.autocommit);
        if !self.meddled || known {
            return Ok(());
        }
        let by = "a stored procedure has set it, or a proxy has moved the connection to another server";
        match (self.session, self.in_transaction) {
            // Every statement is committed from now on, perhaps including this one.
            (true, false) => Err(Error::new(
                ErrorKind::TransactionDead,
                format!(
                    "autocommit is on, and has ended the transaction: what this statement did is committed \
                     and cannot be rolled back; {by}"
                ),
            )),
            // Nothing would commit it.
            (false, true) => Err(Error::new(
                ErrorKind::Unsupported,
                format!(
                    "autocommit is off: what this statement did is not committed, and is rolled back; {by}"
                ),
            )),
            _ => Ok(()),
        }
    }

    /// Turns autocommit back on.
    pub(super) async fn turn_autocommit_on(&mut self) -> Result<()> {
        self.text("SET autocommit = 1").await?;
        (self.autocommit, self.meddled) = (true, false);
        Ok(())
    }
}

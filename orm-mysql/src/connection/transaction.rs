//! Beginning and ending transactions.

use std::time::Duration;

use orm_core::Result;
use orm_core::driver::{Begin, End};

use super::MysqlConnection;
use crate::transport::Transport;

/// The maximum of `lock_wait_timeout`: a year, in seconds. In its strict mode, a server refuses more.
const LONGEST_LOCK_TIMEOUT: u64 = 31_536_000;

impl<T: Transport> MysqlConnection<T> {
    /// Restores what the last transaction had set. Not done immediately after its COMMIT, because a failure would look
    /// like one of the COMMIT.
    pub(super) async fn set_back(&mut self) -> Result<()> {
        if self.lock_timeout {
            let set = "SET SESSION innodb_lock_wait_timeout = @orm_wait_for_row, \
                       SESSION lock_wait_timeout = @orm_wait_for_table";
            self.text(set).await?;
            self.lock_timeout = false;
        }
        if self.keyless {
            self.text("SET SESSION foreign_key_checks = 1").await?;
            self.keyless = false;
        }
        Ok(())
    }

    pub(super) async fn begin_transaction(&mut self, options: Begin) -> Result<()> {
        self.set_back().await?;
        if let Some(level) = options.isolation {
            self.text(&format!("SET TRANSACTION ISOLATION LEVEL {}", level.sql())).await?;
        }
        if options.read_only {
            self.text("SET TRANSACTION READ ONLY").await?;
        }
        if let Some(timeout) = options.lock_timeout {
            let seconds = whole_seconds(timeout).clamp(1, LONGEST_LOCK_TIMEOUT);
            // The second one is for metadata locks: tables whose definition is being changed, or about to be.
            let set = format!(
                "SET @orm_wait_for_row = @@SESSION.innodb_lock_wait_timeout, \
                 @orm_wait_for_table = @@SESSION.lock_wait_timeout, \
                 SESSION innodb_lock_wait_timeout = {seconds}, SESSION lock_wait_timeout = {seconds}"
            );
            self.text(&set).await?;
            self.lock_timeout = true;
        }
        if options.without_foreign_keys {
            self.text("SET SESSION foreign_key_checks = 0").await?;
            self.keyless = true;
        }
        if self.autocommit {
            self.text("SET autocommit = 0").await?;
            (self.autocommit, self.meddled) = (false, false);
        }
        self.session = true;
        Ok(())
    }

    /// Rolls back. After a conflict, a Galera node has already undone the transaction, and reports the conflict in
    /// answer to the next command, which may be this one.
    pub(super) async fn roll_back(&mut self) -> Result<()> {
        match self.text("ROLLBACK").await {
            Err(error) if error.is_deadlock() => {
                self.in_transaction = false;
                Ok(())
            }
            rolled_back => rolled_back,
        }
    }

    pub(super) async fn end_transaction(&mut self, end: End) -> Result<()> {
        if end == End::Commit {
            self.look_at_mark().await?;
            self.text("COMMIT").await?;
        } else {
            self.marked = false;
            self.roll_back().await?;
        }
        self.session = false;
        match end {
            End::Reset => self.reset().await,
            End::Rollback if self.meddled => self.turn_autocommit_on().await,
            _ => Ok(()),
        }
    }
}

/// Rounds up.
fn whole_seconds(time: Duration) -> u64 {
    time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0))
}

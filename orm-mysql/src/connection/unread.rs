//! Unread rows.

use std::time::{Duration, Instant};

use orm_core::{Error, ErrorKind, Result};

use super::{MysqlConnection, ends_transaction};
use crate::transport::Transport;

/// Up to this many rows are read rather than telling the server to stop,
const LITTLE: usize = 1_000;
/// if that takes no longer than this.
const PATIENCE: Duration = Duration::from_millis(20);

impl<T: Transport> MysqlConnection<T> {
    /// Skips the rest of the server's answer: reads it if it is short, or else tells the server to stop.
    pub(super) async fn leave_out(&mut self) -> Result<()> {
        if !self.skip(LITTLE, PATIENCE).await? {
            let told = self.name.interrupt().await?;
            if !told {
                let message = "the rest of an abandoned result is too long to read, and the server cannot be told to stop sending it";
                return Err(Error::new(ErrorKind::ConnectionLost, message));
            }
            self.skip(usize::MAX, Duration::MAX).await?;
            // If the server was told after it had sent everything, it would stop the next statement instead.
            match self.text("DO 0").await {
                Err(error) if error.is_interrupted() => {}
                result => result?,
            }
        }
        self.look_if_unsaid().await?;
        self.reading.unread = false;
        Ok(())
    }

    /// Skips rows of all result sets, up to a number and a time. Returns whether that was all of them.
    async fn skip(&mut self, most: usize, patience: Duration) -> Result<bool> {
        let started = Instant::now();
        for _ in 0..most {
            if started.elapsed() > patience {
                return Ok(false);
            }
            // An error after the rows is only seen when it is read; left unread, it would be taken for that of the next
            // command.
            let last = self.transport.is_at_end();
            match self.transport.pass().await {
                Ok(_) if last => return Ok(true),
                Ok(_) => {}
                // The statement was stopped, or failed after all: its error is of no interest, unless the transaction
                // has ended with it.
                Err(error) if error.code().is_some() => {
                    if !ends_transaction(&error) {
                        return Ok(true);
                    }
                    self.reading.unread = false;
                    return Err(error);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}

//! Rows that nobody reads any more.

use std::time::{Duration, Instant};

use orm_core::{Error, ErrorKind, Result};

use super::{MysqlConnection, ends_transaction};
use crate::transport::Transport;

/// So many rows are read rather than having the server told that nobody wants them,
const LITTLE: usize = 1_000;
/// if that takes no longer.
const PATIENCE: Duration = Duration::from_millis(20);

impl<T: Transport> MysqlConnection<T> {
    /// Leaves out what the server still has to send: read, if that is little, else the server is told to stop.
    pub(super) async fn leave_out(&mut self) -> Result<()> {
        if !self.skip(LITTLE, PATIENCE).await? {
            let told = self.name.interrupt().await?;
            if !told {
                let message = "rows are left that nobody reads, and their server cannot be told to stop";
                return Err(Error::new(ErrorKind::ConnectionLost, message));
            }
            self.skip(usize::MAX, Duration::MAX).await?;
            // Told when it had sent everything, the server would stop the next statement instead.
            match self.text("DO 0").await {
                Err(error) if error.is_interrupted() => {}
                result => result?,
            }
        }
        self.look_if_unsaid().await?;
        self.reading.unread = false;
        Ok(())
    }

    /// Reads over rows of all result sets, so many and so long at most. Says whether that was all.
    async fn skip(&mut self, most: usize, patience: Duration) -> Result<bool> {
        let started = Instant::now();
        for _ in 0..most {
            if started.elapsed() > patience {
                return Ok(false);
            }
            // An error behind rows is not seen before it is taken: left there, it would be that of the next command.
            let last = self.transport.is_at_end();
            match self.transport.pass().await {
                Ok(_) if last => return Ok(true),
                Ok(_) => {}
                // A statement that is stopped, or that failed after all: nobody waits for what it has to say, unless the
                // transaction has ended with it.
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

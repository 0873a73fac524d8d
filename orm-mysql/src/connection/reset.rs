//! Setting a connection up, and resetting it for its next user.

use mysql_async::consts::StatusFlags;
use orm_core::dialect::AutoKeys;
use orm_core::value::Cells;
use orm_core::{Error, ErrorKind, Result};

use super::MysqlConnection;
use crate::options::Settings;
use crate::transport::Transport;

impl<T: Transport> MysqlConnection<T> {
    /// Resets the connection: the server forgets variables, temporary tables, named locks, and prepared statements.
    pub(super) async fn reset(&mut self) -> Result<()> {
        self.transport.reset().await?;
        self.statements.clear();
        self.come_home().await?;
        set_up(&mut self.transport, &self.settings).await?;
        self.dialect.auto_keys = self.auto_keys;
        // The server's own increment may have changed meanwhile, as it does when the server joins a group.
        if matches!(self.auto_keys, AutoKeys::FromFirst(_)) {
            self.look_at_increment().await?;
        }
        (self.autocommit, self.lock_timeout, self.keyless) = (true, false, false);
        self.meddled = self
            .transport
            .flags()
            .is_some_and(|flags| !flags.contains(StatusFlags::SERVER_STATUS_AUTOCOMMIT));
        Ok(())
    }

    /// Returns to the connection's own database, which a reset does not do.
    async fn come_home(&mut self) -> Result<()> {
        let Some(home) = &self.place.database else {
            let row = self.transport.rows("SELECT DATABASE()").await?.pop();
            return match row.is_some_and(|mut row| Cells::new(&mut row).is_null(0)) {
                true => Ok(()),
                // No statement leaves a database without entering another one: the connection has to be closed.
                false => Err(Error::new(ErrorKind::ConnectionLost, "the connection is in another database")),
            };
        };
        let home = format!("USE `{}`", home.replace('`', "``"));
        self.text(&home).await
    }
}

/// Runs the statements that each new connection begins with.
pub(super) async fn set_up<T: Transport>(transport: &mut T, settings: &Settings) -> Result<()> {
    for statements in
        [Some(&settings.setup), settings.transactions.as_ref(), settings.init.as_ref()].into_iter().flatten()
    {
        transport.command(statements).await?;
    }
    Ok(())
}

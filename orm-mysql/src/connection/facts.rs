//! The properties of a server that a connection needs to know.

use orm_core::dialect::{AutoKeys, Dialect};
use orm_core::value::{Cell, Cells, Fault};
use orm_core::{Error, ErrorKind, Result};

use super::set_up;
use crate::abandoned::SERVER;
use crate::auto_keys::UNKNOWN_VARIABLE;
use crate::options::Settings;
use crate::transport::Transport;
use crate::versions::dialect_of;

pub(super) struct Facts {
    pub(super) version: String,
    /// The maximum packet size.
    pub(super) packet: usize,
    /// Whether it rolls the transaction back after a lock wait timeout.
    pub(super) rolls_back_on_timeout: bool,
    /// The identity of the server.
    pub(super) server: String,
    /// The increment of auto-increment keys.
    pub(super) increment: u64,
}

impl Facts {
    /// Sets up a new connection and queries the server's properties: in one round trip, unless statements of the
    /// program (`init`) run in between, which may contain anything.
    pub(super) async fn ask<T: Transport>(transport: &mut T, settings: &Settings) -> Result<Self> {
        let facts = format!(
            "SELECT @@version, @@max_allowed_packet, @@innodb_rollback_on_timeout, {SERVER}, @@auto_increment_increment"
        );
        let at_once = match (&settings.init, &settings.transactions) {
            (Some(_), _) => Ok(None),
            (None, Some(transactions)) => {
                last_row(transport, &format!("{}; {transactions}; {facts}", settings.setup)).await
            }
            (None, None) => last_row(transport, &format!("{}; {facts}", settings.setup)).await,
        };
        let row = match at_once {
            Ok(Some(row)) => Some(row),
            Err(error) if error.code().is_none() => return Err(error),
            // A proxy may refuse multiple statements.
            _ => {
                set_up(transport, settings).await?;
                last_row(transport, &facts).await.map_err(unknown_product)?
            }
        };
        let mut row = row.ok_or_else(silent)?;
        Self::read(&mut Cells::new(&mut row)).map_err(|_| silent())
    }

    fn read(cells: &mut Cells<'_, '_>) -> std::result::Result<Self, Fault> {
        Ok(Facts {
            version: cells.value()?,
            packet: usize::try_from(cells.value::<u64>()?).unwrap_or(usize::MAX),
            rolls_back_on_timeout: cells.value()?,
            server: cells.value()?,
            increment: cells.value()?,
        })
    }

    /// Returns the dialect of the server, unless the server is too old.
    pub(super) fn dialect(&self) -> Result<Dialect> {
        let dialect = dialect_of(&self.version)?;
        let auto_keys = match dialect.auto_keys {
            AutoKeys::FromFirst(_) => AutoKeys::FromFirst(self.increment),
            unknown => unknown,
        };
        // Half a packet leaves room for what the estimate of a statement's size does not include.
        Ok(Dialect { max_bytes: self.packet / 2, auto_keys, ..dialect })
    }
}

async fn last_row<T: Transport>(transport: &mut T, sql: &str) -> Result<Option<Vec<Cell<'static>>>> {
    Ok(transport.rows(sql).await?.pop())
}

fn silent() -> Error {
    Error::new(ErrorKind::Connect, "the server does not report its version")
}

/// Explains the error of a server that lacks a variable which every MySQL and MariaDB has.
fn unknown_product(error: Error) -> Error {
    if error.code() != Some(UNKNOWN_VARIABLE) {
        return error;
    }
    let message = format!("the server, or a proxy in front of it, is neither MySQL nor MariaDB: {error}");
    error.into_kind(ErrorKind::Unsupported, message)
}

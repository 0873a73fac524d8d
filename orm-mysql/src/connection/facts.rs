//! The properties of a server that a connection needs to know.

use orm_core::dialect::{AutoKeys, Dialect, SetOperations, Version};
use orm_core::value::{Cell, Cells, Fault};
use orm_core::{Error, ErrorKind, Result};

use super::set_up;
use crate::abandoned::SERVER;
use crate::dialect::{MARIADB, MYSQL};
use crate::options::Settings;
use crate::transport::Transport;

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

/// The series of MariaDB that got columns of JSON in JSON_TABLE late, with the first version that has them.
const LATE: [(Version, Version); 2] =
    [(Version::new(10, 7, 0), Version::new(10, 7, 5)), (Version::new(10, 8, 0), Version::new(10, 8, 4))];

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
                last_row(transport, &facts).await?
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
        let mariadb = self.version.contains("MariaDB");
        let mut numbers =
            self.version.split(|letter: char| !letter.is_ascii_digit()).map(|part| part.parse().unwrap_or(0));
        let mut next = || numbers.next().unwrap_or(0);
        let version = Version::new(next(), next(), next());
        let family = if mariadb { &MARIADB } else { &MYSQL };
        if version < family.version {
            let message =
                format!("{} {version} is too old: {} is the oldest supported", family.name, family.version);
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        if let Some((_, fixed)) =
            LATE.iter().find(|(first, fixed)| mariadb && (*first..*fixed).contains(&version))
        {
            let message = format!(
                "MariaDB {version} misreads JSON (MDEV-25875): the first version of its series that does not is {fixed}"
            );
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        let auto_keys = match family.auto_keys {
            AutoKeys::FromFirst(_) => AutoKeys::FromFirst(self.increment),
            unknown => unknown,
        };
        let set_operations = if mariadb || version >= Version::new(8, 0, 31) {
            family.set_operations
        } else {
            SetOperations::None
        };
        // Half a packet leaves room for what the estimate of a statement's size does not include.
        Ok(Dialect { version, max_bytes: self.packet / 2, auto_keys, set_operations, ..family.clone() })
    }
}

async fn last_row<T: Transport>(transport: &mut T, sql: &str) -> Result<Option<Vec<Cell<'static>>>> {
    Ok(transport.rows(sql).await?.pop())
}

fn silent() -> Error {
    Error::new(ErrorKind::Connect, "the server does not report its version")
}

#[cfg(test)]
mod tests {
    use orm_core::Result;
    use orm_core::dialect::{Dialect, SetOperations};

    use super::Facts;

    fn dialect_of(version: &str) -> Result<Dialect> {
        let (version, server) = (version.to_owned(), String::new());
        Facts { version, packet: 1 << 24, rolls_back_on_timeout: false, server, increment: 1 }.dialect()
    }

    #[test]
    fn intersections_are_as_old_as_the_manual_says() -> Result<()> {
        for (version, expected) in [
            ("8.0.19", SetOperations::None),
            ("8.0.30-22", SetOperations::None),
            ("8.0.31", SetOperations::All),
            ("8.4.3", SetOperations::All),
            ("10.6.9-MariaDB", SetOperations::All),
        ] {
            assert_eq!(dialect_of(version)?.set_operations, expected, "{version}");
        }
        Ok(())
    }

    #[test]
    fn servers_that_are_too_old_are_refused() {
        for (version, oldest) in
            [("8.0.18", "8.0.19"), ("5.7.44-log", "8.0.19"), ("10.6.8-MariaDB-log", "10.6.9")]
        {
            let error = dialect_of(version).map(|_| ()).map_err(|error| error.to_string());
            let expected = format!("too old: {oldest} is the oldest supported");
            assert!(error.is_err_and(|error| error.ends_with(&expected)), "{version}");
        }
        for (version, accepted) in
            [("10.7.4", false), ("10.7.5", true), ("10.8.3", false), ("10.8.4", true), ("10.9.1", true)]
        {
            assert_eq!(dialect_of(&format!("{version}-MariaDB")).is_ok(), accepted, "{version}");
        }
    }
}

//! What a connection has to know of its server.

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Row, from_row_opt};
use orm_core::dialect::{AutoKeys, Dialect, Version};
use orm_core::{Error, ErrorKind, Result};

use super::set_up;
use crate::abandoned::SERVER;
use crate::dialect::{MARIADB, MYSQL};
use crate::error::classify;
use crate::options::Settings;

pub(super) struct Facts {
    pub(super) version: String,
    /// The greatest packet that it takes.
    pub(super) packet: usize,
    /// Whether it rolls a transaction back if it is not given a lock in time.
    pub(super) rolls_back_on_timeout: bool,
    /// What it is called.
    pub(super) server: String,
    /// By how much it counts up.
    pub(super) increment: u64,
}

impl Facts {
    /// Sets a new connection up, and asks the server what it is: at once, unless there are statements of the program to be
    /// run in between, which may say what they like, and end as they like.
    pub(super) async fn ask(connection: &mut Conn, settings: &Settings) -> Result<Self> {
        let facts = format!(
            "SELECT @@version, @@max_allowed_packet, @@innodb_rollback_on_timeout, {SERVER}, @@auto_increment_increment"
        );
        let at_once = match settings.init {
            None => last_row(connection, format!("{}; {facts}", settings.setup)).await,
            Some(_) => Ok(None),
        };
        let row = match at_once {
            Ok(Some(row)) => Some(row),
            Err(error) if error.code().is_none() => return Err(error),
            // A proxy may refuse several statements in one text.
            _ => {
                set_up(connection, settings).await?;
                last_row(connection, facts).await?
            }
        };
        let (version, packet, rolls_back_on_timeout, server, increment) =
            row.and_then(|row| from_row_opt(row).ok()).ok_or_else(silent)?;
        Ok(Facts { version, packet, rolls_back_on_timeout, server, increment })
    }

    /// The dialect of the server, unless it is too old.
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
        let auto_keys = match family.auto_keys {
            AutoKeys::FromFirst(_) => AutoKeys::FromFirst(self.increment),
            unknown => unknown,
        };
        // Half of a packet leaves room for what the estimate of a statement's size leaves out.
        Ok(Dialect { version, max_bytes: self.packet / 2, auto_keys, ..family.clone() })
    }
}

async fn last_row(connection: &mut Conn, sql: String) -> Result<Option<Row>> {
    let mut row = None;
    let mut result = connection.query_iter(sql).await.map_err(classify)?;
    while !result.is_empty() {
        row = result.next().await.map_err(classify)?.or(row);
    }
    Ok(row)
}

fn silent() -> Error {
    Error::new(ErrorKind::Connect, "the server does not say what it is")
}

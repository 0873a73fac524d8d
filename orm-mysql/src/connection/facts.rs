//! What a connection has to know of its server.

use std::pin::pin;
use std::time::Duration;

use mysql_async::prelude::{FromRow, Queryable as _};
use mysql_async::{Conn, Error as DriverError};
use orm_core::dialect::AutoKeys;
use orm_core::{Error, ErrorKind, Result};

use crate::abandoned::SERVER;
use crate::error::classify;
use crate::timely::timely;

/// There is no such variable.
const UNKNOWN_VARIABLE: u16 = 1193;

/// By how much the server counts up from one row of an insert to the next, and NULL if nobody can tell.
///
/// InnoDB hands out the keys of an insert of values at once, whatever `innodb_autoinc_lock_mode` is, and so do engines
/// that lock the table meanwhile; others, such as RocksDB, hand them out one by one, between those of other inserts. A
/// node of Galera takes the increment from how many nodes there are when it inserts, whatever the session's own is. MySQL
/// takes for a comment what is for MariaDB only: it has no other way to tell the keys.
const INCREMENT: &str = "IF(0 /*M! OR EXISTS (SELECT 1 FROM information_schema.engines WHERE support IN ('YES', 'DEFAULT') \
     AND engine NOT IN ('InnoDB', 'Aria', 'MyISAM', 'MRG_MyISAM', 'MEMORY', 'CSV', 'SEQUENCE', 'PERFORMANCE_SCHEMA')) \
     OR @@wsrep_on */, NULL, @@auto_increment_increment)";

/// What is not there in a server that was built without Galera.
const GALERA: &str = " OR @@wsrep_on";

pub(super) struct Facts {
    pub(super) version: String,
    /// The greatest packet that it takes.
    pub(super) packet: usize,
    /// Whether it rolls a transaction back if it is not given a lock in time.
    pub(super) rolls_back_on_timeout: bool,
    /// What it is called.
    pub(super) server: String,
    /// How it counts up.
    pub(super) auto_keys: AutoKeys,
}

impl Facts {
    pub(super) async fn ask(connection: &mut Conn) -> Result<Self> {
        let facts = format!(
            "SELECT @@version, @@max_allowed_packet, @@innodb_rollback_on_timeout, {SERVER}, {INCREMENT}"
        );
        let answer = answer(connection, &facts).await.map_err(classify)?;
        let (version, packet, rolls_back_on_timeout, server, increment) = answer.ok_or_else(silent)?;
        Ok(Facts { version, packet, rolls_back_on_timeout, server, auto_keys: by(increment) })
    }
}

/// Whether a statement changes the increment of its connection.
pub(super) fn sets_increment(sql: &str) -> bool {
    sql.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("SET"))
        && sql.to_ascii_lowercase().contains("auto_increment_increment")
}

/// How the server counts up now. It is waited for no longer than for other answers.
pub(super) async fn auto_keys(connection: &mut Conn, patience: Option<Duration>) -> Result<AutoKeys> {
    let answer = timely(patience, pin!(answer(connection, &format!("SELECT {INCREMENT}")))).await?;
    answer.map(by).ok_or_else(silent)
}

fn by(increment: Option<u64>) -> AutoKeys {
    increment.map_or(AutoKeys::Asked, AutoKeys::FromFirst)
}

async fn answer<T: FromRow + Send + 'static>(
    connection: &mut Conn,
    question: &str,
) -> mysql_async::Result<Option<T>> {
    match connection.query_first(question).await {
        Err(DriverError::Server(error)) if error.code == UNKNOWN_VARIABLE => {
            connection.query_first(question.replace(GALERA, "")).await
        }
        answer => answer,
    }
}

fn silent() -> Error {
    Error::new(ErrorKind::Connect, "the server does not say what it is")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_without_galera_is_asked_the_same_but_for_that() {
        assert_eq!(INCREMENT.matches(GALERA).count(), 1);
        let asked = INCREMENT.replace(GALERA, "");
        assert!(
            !asked.contains("wsrep") && asked.ends_with(") */, NULL, @@auto_increment_increment)"),
            "{asked}"
        );
    }

    #[test]
    fn statements_that_set_the_increment() {
        assert!(sets_increment("SET auto_increment_increment = 5"));
        assert!(sets_increment("set SESSION sql_mode = '', @@auto_INCREMENT_increment = ?"));
        assert!(!sets_increment("SET sql_mode = ''"));
        assert!(!sets_increment("SELECT @@auto_increment_increment"));
        assert!(!sets_increment("é"));
    }
}

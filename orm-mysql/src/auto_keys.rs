//! Keys that the server counts up.

use orm_core::dialect::AutoKeys;
use orm_core::syntax::Statement;
use orm_core::value::{Cell, Cells};
use orm_core::{Error, ErrorKind, Result};

use crate::transport::Transport;

/// There is no such variable.
const UNKNOWN_VARIABLE: u32 = 1193;

/// By how much the server counts up from one row of an insert to the next, and NULL if nobody can tell.
///
/// InnoDB hands out the keys of an insert of values at once, whatever `innodb_autoinc_lock_mode` is, and so do engines
/// that lock the table meanwhile; others, such as RocksDB, hand them out one by one, between those of other inserts. A
/// node of Galera takes the increment from how many nodes there are when it inserts, whatever the session's own is. MySQL
/// takes for a comment what is for MariaDB only: it has no other way to tell the keys.
const INCREMENT: &str = "SELECT IF(0 /*M! OR EXISTS (SELECT 1 FROM information_schema.engines WHERE support IN ('YES', 'DEFAULT') \
     AND engine NOT IN ('InnoDB', 'Aria', 'MyISAM', 'MRG_MyISAM', 'MEMORY', 'CSV', 'SEQUENCE', 'PERFORMANCE_SCHEMA')) \
     OR @@wsrep_on */, NULL, @@auto_increment_increment)";

/// What is not there in a server that was built without Galera.
const GALERA: &str = " OR @@wsrep_on";

/// How many values an insert has for which the question pays, which takes as long as some hundred keys that come back.
const MANY: usize = 64;

/// Whether keys of a statement come back one by one, so many that it pays to ask how the server counts them up.
pub(crate) fn gives_many_keys(statement: &Statement) -> bool {
    statement.params.len() >= MANY
        && statement.sql.starts_with("INSERT")
        && statement.sql.contains(" RETURNING ")
}

/// Whether a statement changes the increment of its connection.
pub(crate) fn sets_increment(sql: &str) -> bool {
    sql.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("SET"))
        && sql.to_ascii_lowercase().contains("auto_increment_increment")
}

/// How the server counts up now.
pub(crate) async fn ask<T: Transport>(transport: &mut T) -> Result<AutoKeys> {
    let rows = answer(transport).await?;
    let increment = rows.into_iter().next().and_then(|mut row| Cells::new(&mut row).nullable::<u64>().ok());
    let increment =
        increment.ok_or_else(|| Error::new(ErrorKind::Server, "the server does not say how it counts up"))?;
    Ok(increment.map_or(AutoKeys::Asked, AutoKeys::FromFirst))
}

async fn answer<T: Transport>(transport: &mut T) -> Result<Vec<Vec<Cell<'static>>>> {
    match transport.rows(INCREMENT).await {
        Err(error) if error.code() == Some(UNKNOWN_VARIABLE) => {
            transport.rows(&INCREMENT.replace(GALERA, "")).await
        }
        answer => answer,
    }
}

#[cfg(test)]
mod tests {
    use orm_core::value::Datum;

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
    fn statements_that_give_many_keys() {
        let gives =
            |sql: &str, values| gives_many_keys(&Statement::new(sql.to_owned(), vec![Datum::Int(1); values]));
        assert!(gives("INSERT INTO `a` VALUES (?, ?) RETURNING `id`", 64));
        assert!(!gives("INSERT INTO `a` VALUES (?, ?) RETURNING `id`", 63));
        assert!(!gives("INSERT INTO `a` VALUES (?, ?)", 64));
        assert!(!gives("DELETE FROM `a` RETURNING `id`", 64));
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

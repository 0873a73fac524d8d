//! Auto-increment keys.

use orm_core::dialect::AutoKeys;
use orm_core::syntax::Statement;
use orm_core::value::{Cell, Cells};
use orm_core::{Error, ErrorKind, Result};

use crate::transport::Transport;

/// The server's error code for an unknown variable.
pub(crate) const UNKNOWN_VARIABLE: u32 = 1193;

/// The increment between the keys of consecutive rows of one insert, or NULL if it is not reliable.
///
/// InnoDB assigns the keys of a multi-row insert at once, whatever `innodb_autoinc_lock_mode` is, and so do engines
/// that lock the table meanwhile; others, such as RocksDB, assign them one by one, interleaved with those of other
/// inserts. A Galera node derives the increment from the number of nodes at the time of the insert, whatever the
/// session's own setting is. MySQL ignores the MariaDB part as a comment: it has no other way of assigning keys.
const INCREMENT: &str = "SELECT IF(0 /*M! OR EXISTS (SELECT 1 FROM information_schema.engines WHERE support IN ('YES', 'DEFAULT') \
     AND engine NOT IN ('InnoDB', 'Aria', 'MyISAM', 'MRG_MyISAM', 'MEMORY', 'CSV', 'SEQUENCE', 'PERFORMANCE_SCHEMA')) \
     OR @@wsrep_on */, NULL, @@auto_increment_increment)";

/// Unknown to a server that was built without Galera.
const GALERA: &str = " OR @@wsrep_on";

/// The minimum number of values for which the query pays off; it takes as long as returning several hundred keys.
const MANY: usize = 64;

/// Returns whether a statement returns its keys one by one, and enough of them that querying the increment pays off.
pub(crate) fn gives_many_keys(statement: &Statement) -> bool {
    statement.params.len() >= MANY
        && statement.sql.starts_with("INSERT")
        && statement.sql.contains(" RETURNING ")
}

/// Returns whether a statement changes the increment of its connection.
pub(crate) fn sets_increment(sql: &str) -> bool {
    sql.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("SET"))
        && sql.to_ascii_lowercase().contains("auto_increment_increment")
}

/// Queries the current increment.
pub(crate) async fn ask<T: Transport>(transport: &mut T) -> Result<AutoKeys> {
    let rows = answer(transport).await?;
    let increment = rows.into_iter().next().and_then(|mut row| Cells::new(&mut row).nullable::<u64>().ok());
    let increment = increment.ok_or_else(|| {
        Error::new(ErrorKind::Server, "the server does not report `auto_increment_increment`")
    })?;
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

//! Implicit commits.

use super::Words;

/// Returns the kind of a statement that commits the open transaction on MySQL and MariaDB, such as `CREATE TABLE`; `None` if
/// it does not. Follows the lists at <https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html> and
/// <https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/>, plus the statements that commit explicitly.
pub(crate) fn implicit_commit(sql: &str) -> Option<&'static str> {
    let mut words = Words::of(sql);
    let first = words.next()?;
    if first == "SET"
        && let Some(limited) = words.clone().behind_for()
    {
        return implicit_commit(limited);
    }
    let second = words.next().unwrap_or_default();
    // `CREATE TEMPORARY TABLE` and `CREATE OR REPLACE TEMPORARY TABLE` do not commit.
    let temporary = second == "TEMPORARY" || (second == "OR" && words.any(|word| word == "TEMPORARY"));
    Some(match (&*first, &*second) {
        ("CREATE" | "DROP", _) if temporary => return None,
        ("CREATE", _) => "a CREATE statement",
        ("DROP", "PREPARE") => return None,
        ("DROP", _) => "a DROP statement",
        ("ALTER", _) => "an ALTER statement",
        ("TRUNCATE", _) => "TRUNCATE",
        ("RENAME", _) => "a RENAME statement",
        ("COMMIT", _) => "COMMIT",
        ("ROLLBACK", "TO") => return None,
        ("ROLLBACK", "WORK") if words.next().is_some_and(|word| word == "TO") => return None,
        ("ROLLBACK", _) => "ROLLBACK",
        ("BEGIN", "NOT") => return None,
        ("BEGIN", _) => "BEGIN",
        ("START", _) => "a START statement",
        ("STOP" | "CHANGE" | "RESET" | "PURGE", _) => "a statement about replication",
        ("XA", _) => "XA",
        ("LOCK" | "UNLOCK", _) => "LOCK or UNLOCK TABLES",
        ("GRANT" | "REVOKE", _) => "GRANT or REVOKE",
        ("SET", "PASSWORD" | "DEFAULT") => "SET PASSWORD",
        ("SET", _) if sets_autocommit(sql) => "SET autocommit",
        ("ANALYZE", "FORMAT" | "SELECT" | "UPDATE" | "DELETE" | "INSERT") => return None,
        ("ANALYZE" | "CHECK" | "OPTIMIZE" | "REPAIR" | "CACHE" | "FLUSH", _) => {
            "a statement of table maintenance"
        }
        ("LOAD", "INDEX") => "LOAD INDEX",
        ("INSTALL" | "UNINSTALL", _) => "INSTALL or UNINSTALL",
        _ => return None,
    })
}

fn sets_autocommit(sql: &str) -> bool {
    Words::of(sql).any(|word| word == "AUTOCOMMIT")
}

#[cfg(test)]
mod tests {
    use super::implicit_commit;

    #[test]
    fn is_seen_behind_comments_and_brackets() {
        for sql in [
            "create table t (id int)",
            "  -- why\n# and\n/* how */ ALTER TABLE t ADD c int",
            "/*!40101 DROP TABLE t */",
            "/*M!100100 TRUNCATE t */",
            "(/* x */COMMIT)",
            "rollback work",
            "START TRANSACTION",
            "SET @a = 1, autocommit = 1",
            "RENAME TABLE a TO b",
            "SET STATEMENT lock_wait_timeout = 1 FOR DROP TABLE t",
            "CREATE OR REPLACE TABLE t (id int)",
            "LOCK TABLES t WRITE",
            "DROP TABLE temporary_users",
        ] {
            assert!(implicit_commit(sql).is_some(), "{sql}");
        }
    }

    #[test]
    fn is_not_seen_where_there_is_none() {
        for sql in [
            "",
            "-- CREATE TABLE t (id int)",
            "/* DROP TABLE t */ SELECT 1",
            "SELECT 'COMMIT'",
            "UPDATE t SET autocommit = 1",
            "CREATE TEMPORARY TABLE t (id int)",
            "create or replace temporary table t (id int)",
            "DROP TEMPORARY TABLE t",
            "ROLLBACK TO SAVEPOINT a",
            "rollback work to a",
            "SAVEPOINT a",
            "SET @a = 1",
            "SET STATEMENT lock_wait_timeout = 1 FOR UPDATE t SET autocommit = 1",
            "CALL p()",
            "LOAD DATA INFILE 'x' INTO TABLE t",
        ] {
            assert_eq!(implicit_commit(sql), None, "{sql}");
        }
    }
}

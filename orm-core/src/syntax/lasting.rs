//! Statements whose effects on the connection outlast their transaction.

use super::Words;

/// Returns whether a statement sets something on its connection that outlasts the transaction: variables, settings, the current
/// database, temporary tables, or locks by name. What procedures do is not known, nor which variables a query assigns.
pub(crate) fn outlasts_transaction(sql: &str) -> bool {
    let mut words = Words::of(sql);
    let first = words.next().unwrap_or_default();
    match &*first {
        "SET" | "USE" | "LOCK" | "PREPARE" | "HANDLER" | "ATTACH" => true,
        // Without a value, it reads a setting; this one is of the database.
        "PRAGMA" => sql.contains('=') && words.next().is_some_and(|name| name != "JOURNAL_MODE"),
        "CREATE" => {
            let second = words.next().unwrap_or_default();
            is_temporary(&second) || (second == "OR" && words.nth(1).is_some_and(|word| is_temporary(&word)))
        }
        _ => sql.contains("GET_LOCK") || sql.contains("get_lock"),
    }
}

fn is_temporary(word: &str) -> bool {
    matches!(word, "TEMPORARY" | "TEMP")
}

#[cfg(test)]
mod tests {
    use super::outlasts_transaction;

    #[test]
    fn what_is_set_lasts() {
        for sql in [
            "SET @a = 1",
            "/* why */ set session sql_mode = ''",
            "USE other",
            "LOCK TABLES t WRITE",
            "create temporary table t (n INT)",
            "CREATE OR REPLACE TEMPORARY TABLE t (n INT)",
            "CREATE TEMP TABLE t (n INT)",
            "SELECT GET_LOCK('a', 1)",
            "do get_lock('a', 1)",
            "PRAGMA foreign_keys = OFF",
            "ATTACH 'other.db' AS other",
        ] {
            assert!(outlasts_transaction(sql), "{sql}");
        }
    }

    #[test]
    fn what_is_stored_or_read_does_not() {
        for sql in [
            "",
            "SELECT 1",
            "UPDATE t SET a = 1",
            "CREATE TABLE temporary (n INT)",
            "CREATE OR REPLACE TABLE temp (n INT)",
            "PRAGMA table_info(t)",
            "PRAGMA journal_mode = DELETE",
            "SAVEPOINT a",
            "CALL p()",
        ] {
            assert!(!outlasts_transaction(sql), "{sql}");
        }
    }
}

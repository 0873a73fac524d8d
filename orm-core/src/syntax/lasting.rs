//! Statements whose effects on the connection outlast their transaction.

use super::Words;

/// Returns whether a statement sets something on its connection that outlasts the transaction: variables, settings, the current
/// database, temporary tables, or locks. What procedures do is not known, nor which variables a query assigns.
pub(crate) fn outlasts_transaction(sql: &str) -> bool {
    let mut words = Words::of(sql);
    let first = words.next().unwrap_or_default();
    match &*first {
        "SET" => words.behind_for().is_none_or(outlasts_transaction),
        "USE" | "LOCK" | "FLUSH" | "BACKUP" | "PREPARE" | "HANDLER" | "ATTACH" => true,
        "PRAGMA" => is_setting(words.rest()),
        "CREATE" => {
            let second = words.next().unwrap_or_default();
            is_temporary(&second) || (second == "OR" && words.nth(1).is_some_and(|word| is_temporary(&word)))
        }
        _ => sql.contains("GET_LOCK") || sql.contains("get_lock"),
    }
}

/// Returns whether a pragma of SQLite, such as `main.cache_size = 9` or `cache_size(9)`, is a setting of the connection. Others
/// are stored in the file, or take an argument to read or to do something.
fn is_setting(pragma: &str) -> bool {
    let Some((name, _)) = pragma.split_once(['=', '(']) else { return false };
    let name = Words::of(name).last().unwrap_or_default();
    let reads = name.ends_with("INFO") || name.ends_with("_LIST");
    !reads
        && !matches!(
            &*name,
            "JOURNAL_MODE"
                | "USER_VERSION"
                | "APPLICATION_ID"
                | "FOREIGN_KEY_CHECK"
                | "INTEGRITY_CHECK"
                | "QUICK_CHECK"
                | "WAL_CHECKPOINT"
                | "INCREMENTAL_VACUUM"
                | "OPTIMIZE"
        )
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
            "SET SESSION statement = 1",
            "SET STATEMENT max_statement_time = 1 FOR CREATE TEMPORARY TABLE t (n INT)",
            "FLUSH TABLES t WITH READ LOCK",
            "PRAGMA foreign_keys = OFF",
            "PRAGMA foreign_keys(0)",
            "pragma main.\"cache_size\" = 9",
            "/* journal_mode */ PRAGMA synchronous = FULL",
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
            "PRAGMA table_xinfo('a=b')",
            "PRAGMA main.index_list(i)",
            "/* a = b */ PRAGMA foreign_keys",
            "PRAGMA journal_mode = DELETE",
            "PRAGMA main.journal_mode(DELETE)",
            "PRAGMA user_version = 3",
            "PRAGMA wal_checkpoint(TRUNCATE)",
            "SET STATEMENT max_statement_time = 1, sort_buffer_size = 9 FOR SELECT 1",
            "SAVEPOINT a",
            "CALL p()",
        ] {
            assert!(!outlasts_transaction(sql), "{sql}");
        }
    }
}

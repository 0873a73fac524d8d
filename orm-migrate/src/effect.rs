//! The side effects of statements.

use orm::dialect::Dialect;

use crate::split::words;

/// The effect of a statement on its transaction and its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It changes rows, and can be rolled back.
    Rows,
    /// It sets something on the connection, which a new connection lacks.
    Connection,
    /// It begins or ends a transaction.
    Transaction,
    /// It selects another database.
    Database,
    /// It is a command of MySQL's client, and not of the server.
    Client,
    /// It may commit implicitly.
    Other,
}

/// Classifies a statement by its first words.
pub(crate) fn effect(statement: &str, dialect: &Dialect) -> Effect {
    let words = words(inside_comment(statement), dialect);
    let word = |at: usize| words.get(at).map(|word| word.to_ascii_uppercase()).unwrap_or_default();
    match (&*word(0), &*word(1)) {
        ("INSERT" | "UPDATE" | "DELETE" | "REPLACE" | "WITH" | "SELECT", _) => Effect::Rows,
        ("SET", "GLOBAL" | "PERSIST" | "PASSWORD" | "DEFAULT" | "ROLE") => Effect::Other,
        ("SET" | "PRAGMA", _) => Effect::Connection,
        ("USE", _) => Effect::Database,
        ("DELIMITER", _) => Effect::Client,
        ("BEGIN", "NOT") => Effect::Other,
        ("BEGIN" | "COMMIT" | "ROLLBACK" | "END" | "SAVEPOINT" | "RELEASE" | "XA", _)
        | ("START", "TRANSACTION") => Effect::Transaction,
        _ => Effect::Other,
    }
}

/// Returns what a version comment (`/*!40101 SET … */`) has the server execute.
fn inside_comment(statement: &str) -> &str {
    let inside = statement.strip_prefix("/*!").or_else(|| statement.strip_prefix("/*M!"));
    inside.map_or(statement, |inside| inside.trim_start_matches(|letter: char| letter.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use orm::dialect::MYSQL;

    use super::{Effect, effect};

    #[test]
    fn effects_are_seen_by_the_first_words() {
        for (statement, expected) in [
            ("insert into t values (1)", Effect::Rows),
            ("WITH a AS (SELECT 1) SELECT * FROM a", Effect::Rows),
            ("SET FOREIGN_KEY_CHECKS = 0", Effect::Connection),
            ("/*!40014 SET FOREIGN_KEY_CHECKS = 0 */", Effect::Connection),
            ("/*!50003 CREATE*/ /*!50003 TRIGGER t */", Effect::Other),
            ("SET GLOBAL a = 1", Effect::Other),
            ("/* why */ CREATE TABLE t (n INT)", Effect::Other),
            ("BEGIN NOT ATOMIC SELECT 1; END", Effect::Other),
            ("start transaction", Effect::Transaction),
            ("COMMIT", Effect::Transaction),
            ("USE other", Effect::Database),
            ("DELIMITER //\nCREATE PROCEDURE p() SELECT 1", Effect::Client),
        ] {
            assert_eq!(effect(statement, &MYSQL), expected, "{statement}");
        }
    }
}

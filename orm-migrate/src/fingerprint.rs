//! Determines whether a statement was done, from the definitions that it changes.
//!
//! A server changes the definition of a table, view, trigger or routine atomically, even if it crashes:
//! <https://dev.mysql.com/doc/refman/8.4/en/atomic-ddl.html>, <https://mariadb.com/kb/en/atomic-ddl/>. So either the
//! previous definition exists, or another one. If it is the previous one, the statement was not done, or can be
//! repeated.

use orm::dialect::Dialect;
use orm::raw::{Map, sql, sql_verbatim};
use orm::value::Datum;
use orm::{ErrorKind, Result};

use crate::history::checksum;
use crate::runner::Hand;
use crate::subject::{Subject, subject};

/// Stands for a missing definition.
const ABSENT: &str = "absent";

/// The circumstances that determine how a server writes definitions, apart from what they define. It writes them
/// differently after an upgrade, or for another user.
const CIRCUMSTANCES: &str = "SELECT CONCAT_WS(' ', VERSION(), DATABASE(), CURRENT_USER(), @@sql_mode, @@sql_quote_show_create, \
                             IFNULL(@@character_set_results, ''))";

/// The result of comparing two fingerprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Done,
    NotDone,
    Unknown,
}

/// Returns the fingerprint of whatever a statement defines: the checksums of the circumstances and of the definition.
/// `None` if that does not tell whether the statement was done.
pub(crate) async fn fingerprint(hand: &mut Hand<'_>, statement: &str) -> Result<Option<String>> {
    let Some(subject) = subject(statement, hand.db.dialect()) else { return Ok(None) };
    let circumstances: String = sql(CIRCUMSTANCES).scalar(hand.connection()).await?;
    let found = definition(hand, &subject).await?;
    Ok(found.map(|definition| format!("{}.{}", brief(&circumstances, 16), brief(&definition, 40))))
}

fn brief(text: &str, length: usize) -> String {
    if text == ABSENT { ABSENT.to_owned() } else { checksum(&[text.to_owned()])[..length].to_owned() }
}

/// Returns a definition, as the server writes it.
async fn definition(hand: &mut Hand<'_>, subject: &Subject) -> Result<Option<String>> {
    let (kind, column) = subject.kind.shown();
    let show = sql_verbatim(format!("SHOW CREATE {kind} {}", subject.name));
    match hand.connection().execute(show).await {
        Ok(_) => {}
        Err(error) if is_absent(error.code()) => return Ok(Some(ABSENT.to_owned())),
        // A user without the privilege to see it cannot tell.
        Err(error) if error.code().is_some() && error.kind() != ErrorKind::ConnectionLost => return Ok(None),
        Err(error) => return Err(error),
    }
    let row: Option<Map> = hand.connection().fetch_one()?;
    Ok(row.and_then(|mut row| match row.remove(column) {
        Some(Datum::Text(definition)) => Some(without_counter(&definition)),
        _ => None,
    }))
}

/// Returns whether the error is that there is no such table, routine or trigger:
/// <https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>.
fn is_absent(code: Option<u32>) -> bool {
    matches!(code, Some(1146 | 1305 | 1360))
}

/// Removes the AUTO_INCREMENT counter from the definition of a table.
fn without_counter(definition: &str) -> String {
    const COUNTER: &str = " AUTO_INCREMENT=";
    let options = definition.find("\n) ").unwrap_or(definition.len());
    // The counter precedes the comment, which may contain anything.
    let unquoted = definition[options..].split('\'').next().unwrap_or_default();
    match unquoted.find(COUNTER) {
        Some(at) => {
            let (before, after) = definition.split_at(options + at);
            let after = after[COUNTER.len()..].trim_start_matches(|letter: char| letter.is_ascii_digit());
            format!("{before}{after}")
        }
        None => definition.to_owned(),
    }
}

/// Determines whether a statement was done between two of its fingerprints.
pub(crate) fn compare(before: Option<&str>, now: Option<&str>, statement: &str, dialect: &Dialect) -> Found {
    let parts = |fingerprint: Option<&str>| {
        fingerprint
            .and_then(|text| text.split_once('.'))
            .map(|(circumstances, definition)| (circumstances.to_owned(), definition.to_owned()))
    };
    match (parts(before), parts(now), subject(statement, dialect)) {
        (Some(before), Some(now), Some(subject)) if before.0 == now.0 => {
            // A replaced object may be dropped before the new one exists.
            let is_gone = subject.creates && now.1 == ABSENT;
            if before.1 == now.1 || is_gone { Found::NotDone } else { Found::Done }
        }
        _ => Found::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use orm::dialect::MYSQL;

    use super::{Found, compare, without_counter};

    #[test]
    fn counters_do_not_count() {
        let of = |counter: &str| {
            let comment = "COMMENT='an AUTO_INCREMENT=5'";
            without_counter(&format!(
                "CREATE TABLE `t` (\n `n` int {comment}\n) ENGINE=InnoDB{counter} {comment}"
            ))
        };
        assert_eq!(of(" AUTO_INCREMENT=17"), of(""));
        assert!(of("").ends_with("InnoDB COMMENT='an AUTO_INCREMENT=5'"), "{}", of(""));
        assert!(of("").contains("`n` int COMMENT='an AUTO_INCREMENT=5'"), "{}", of(""));
    }

    #[test]
    fn what_differs_was_done() {
        let create = "CREATE OR REPLACE TABLE t (n INT)";
        for (before, now, statement, expected) in [
            (Some("a.1"), Some("a.2"), "ALTER TABLE t ADD m INT", Found::Done),
            (Some("a.1"), Some("a.1"), "ALTER TABLE t ADD m INT", Found::NotDone),
            (Some("a.1"), Some("b.2"), "ALTER TABLE t ADD m INT", Found::Unknown),
            (Some("a.1"), Some("a.absent"), "DROP TABLE t", Found::Done),
            (Some("a.absent"), Some("a.1"), create, Found::Done),
            (Some("a.1"), Some("a.absent"), create, Found::NotDone),
            (None, Some("a.1"), create, Found::Unknown),
            (Some("a.1"), None, create, Found::Unknown),
            (Some("a.1"), Some("a.2"), "TRUNCATE TABLE t", Found::Unknown),
        ] {
            assert_eq!(compare(before, now, statement, &MYSQL), expected, "{before:?} {now:?} {statement}");
        }
    }
}

//! Triggers that SQLite drops along with a rebuilt table.

use orm::raw::sql;
use orm::{Error, ErrorKind, Result, Session};

use crate::plan::Work;

/// Returns the names of all triggers.
pub(super) async fn triggers(s: &mut Session) -> Result<Vec<String>> {
    sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all(s).await
}

/// Checks that all previous triggers still exist, except those that a statement is about.
pub(super) async fn check(s: &mut Session, work: &Work<'_>, before: &[String]) -> Result<()> {
    let after = triggers(s).await?;
    let is_meant = |trigger: &str| {
        let mut about = work.statements.iter().filter(|statement| statement.contains(trigger));
        about.any(|statement| statement.to_uppercase().contains("TRIGGER"))
    };
    match before.iter().find(|trigger| !after.contains(trigger) && !is_meant(trigger)) {
        None => Ok(()),
        Some(lost) => {
            let message = format!(
                "the migration `{}` rebuilds the table of the trigger `{lost}`, and SQLite drops the trigger \
                 with the old table: create it again at the end of the script, or write `DROP TRIGGER` there",
                work.migration.name
            );
            Err(Error::new(ErrorKind::Configuration, message))
        }
    }
}

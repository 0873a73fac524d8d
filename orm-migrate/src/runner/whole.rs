//! A migration as one transaction, on SQLite.
//!
//! Tables that are built anew are dropped in between, so that foreign keys are not looked at until the end:
//! <https://www.sqlite.org/lang_altertable.html#otheralter>.

use std::time::{Duration, Instant};

use orm::raw::sql_unchecked;
use orm::{Error, ErrorKind, Result};

use super::hand::{Hand, wait_again};
use super::{count, failed};
use crate::progress::Listener;

/// Begins the transaction; others wait for its end.
pub(super) async fn begin(hand: &mut Hand<'_>, wait: Duration) -> Result<()> {
    hand.execute("PRAGMA foreign_keys = OFF").await?;
    let begun = lock(hand, wait).await;
    if begun.is_err() {
        hand.execute("PRAGMA foreign_keys = ON").await?;
    }
    begun
}

async fn lock(hand: &mut Hand<'_>, wait: Duration) -> Result<()> {
    let started = Instant::now();
    while let Err(error) = hand.execute("BEGIN IMMEDIATE").await {
        wait_again(error, started, wait).await?;
    }
    Ok(())
}

/// Commits what went well, and undoes what did not.
pub(super) async fn end<T>(hand: &mut Hand<'_>, result: Result<T>) -> Result<T> {
    let result = match result {
        Ok(value) => hand.execute("COMMIT").await.map(|()| value),
        Err(error) => Err(error),
    };
    if result.is_err() {
        // The error that counts is the first one; a transaction that is over already needs no end.
        let _ = hand.execute("ROLLBACK").await;
    }
    let checked = hand.execute("PRAGMA foreign_keys = ON").await;
    result.and_then(|value| checked.map(|()| value))
}

/// Runs a migration and notes it.
pub(super) async fn run(
    hand: &mut Hand<'_>,
    name: &str,
    up: bool,
    statements: &[String],
    listener: &Listener,
) -> Result<()> {
    let before = triggers(hand).await?;
    for (at, statement) in statements.iter().enumerate() {
        listener.tell(name, up, at, statements);
        hand.execute(statement).await.map_err(|error| failed(error, name, at, statements))?;
    }
    let after = triggers(hand).await?;
    let is_lost = |trigger: &&String| !after.contains(trigger) && !names(statements, trigger);
    if let Some(lost) = before.iter().find(is_lost) {
        let message = format!(
            "the migration `{name}` builds the table of the trigger `{lost}` anew, and SQLite drops the trigger with the old \
             one: create it again at the end of the script, or say `DROP TRIGGER` there"
        );
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    check_keys(hand, name).await?;
    if up { hand.note(name, statements, count(statements), "up").await } else { hand.forget(name).await }
}

async fn triggers(hand: &mut Hand<'_>) -> Result<Vec<String>> {
    sql_unchecked("SELECT name FROM sqlite_master WHERE type = 'trigger'").all(hand.connection()).await
}

/// Whether a statement is about a trigger.
fn names(statements: &[String], trigger: &str) -> bool {
    statements
        .iter()
        .any(|statement| statement.contains(trigger) && statement.to_uppercase().contains("TRIGGER"))
}

async fn check_keys(hand: &mut Hand<'_>, name: &str) -> Result<()> {
    let query = sql_unchecked("SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check");
    let broken: Vec<(String, String)> = query.all(hand.connection()).await?;
    if broken.is_empty() {
        return Ok(());
    }
    let pairs: Vec<String> = broken
        .iter()
        .map(|(child, parent)| format!("rows of `{child}` pointing at rows of `{parent}` that are not there"))
        .collect();
    let message = format!("the migration `{name}` leaves {}; it was undone", pairs.join(", "));
    Err(Error::new(ErrorKind::ForeignKeyViolation, message))
}

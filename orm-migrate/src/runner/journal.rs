//! A migration statement by statement, each noted before and after it runs, on servers that commit it by itself.

use orm::{Error, ErrorKind, Result};

use super::failed;
use super::hand::Hand;
use crate::effect::{Effect, effect};
use crate::folder::Migration;
use crate::history::Applied;
use crate::progress::Listener;

/// Runs what is left of a migration; says how many statements that were.
pub(super) async fn run(
    hand: &mut Hand<'_>,
    migration: &Migration,
    up: bool,
    statements: &[String],
    applied: Option<Applied>,
    listener: &Listener,
) -> Result<usize> {
    let name = migration.name.as_str();
    let way = if up { "up" } else { "down" };
    let start = match applied {
        Some(applied) if applied.way == way => resume(&applied, statements)?,
        Some(_) => {
            // Noted at once: between the two, it would be noted as if it had never been run.
            hand.execute("START TRANSACTION").await?;
            hand.forget(name).await?;
            hand.note(name, statements, 0, way).await?;
            hand.execute("COMMIT").await?;
            0
        }
        None => {
            hand.note(name, statements, 0, way).await?;
            0
        }
    };
    let start_at = usize::try_from(start).unwrap_or(usize::MAX);
    // What was set on a connection that is gone.
    for statement in statements.iter().take(start_at) {
        if effect(statement, hand.db.dialect()) == Effect::Connection {
            hand.execute(statement).await?;
        }
    }
    let mut done = start;
    for (at, statement) in statements.iter().enumerate().skip(start_at) {
        listener.tell(name, up, at, statements);
        let result = match effect(statement, hand.db.dialect()) {
            Effect::Rows => step_with_note(hand, name, statements, done, statement).await,
            _ => step(hand, name, statements, done, statement).await,
        };
        result.map_err(|error| failed(error, name, at, statements))?;
        done += 1;
    }
    if up {
        hand.note_progress(name, statements, done, done).await?
    } else {
        hand.forget(name).await?
    }
    Ok(statements.len() - usize::try_from(start).unwrap_or_default())
}

/// Behind which statement to go on.
fn resume(applied: &Applied, statements: &[String]) -> Result<u32> {
    if applied.begun == applied.done {
        return Ok(applied.done);
    }
    let at = usize::try_from(applied.done).unwrap_or(usize::MAX);
    let message = format!(
        "the migration `{}` was interrupted at statement {} of {}, and nobody knows whether it was done: look at the \
         database, and say so by `settle`, with `Doubt::Done` or `Doubt::NotDone`; the statement is `{}`",
        applied.name,
        at + 1,
        statements.len(),
        statements.get(at).map_or("", String::as_str),
    );
    Err(Error::new(ErrorKind::Interrupted, message))
}

/// Runs a statement that commits by itself.
async fn step(
    hand: &mut Hand<'_>,
    name: &str,
    statements: &[String],
    done: u32,
    statement: &str,
) -> Result<()> {
    hand.note_progress(name, statements, done + 1, done).await?;
    if let Err(error) = hand.execute(statement).await {
        if is_refused(&error) {
            hand.note_progress(name, statements, done, done).await?;
        }
        return Err(error);
    }
    hand.note_progress(name, statements, done + 1, done + 1).await
}

/// Runs a statement in one transaction with what is noted about it.
async fn step_with_note(
    hand: &mut Hand<'_>,
    name: &str,
    statements: &[String],
    done: u32,
    statement: &str,
) -> Result<()> {
    hand.execute("START TRANSACTION").await?;
    let result = async {
        hand.execute(statement).await?;
        hand.note_progress(name, statements, done + 1, done + 1).await
    };
    match result.await {
        Ok(()) => hand.execute("COMMIT").await,
        Err(error) => {
            // The error that counts is the first one.
            let _ = hand.execute("ROLLBACK").await;
            Err(error)
        }
    }
}

/// Whether the server has refused a statement, which was then not done. One that was stopped may have been.
fn is_refused(error: &Error) -> bool {
    error.code().is_some() && !matches!(error.kind(), ErrorKind::ConnectionLost | ErrorKind::Interrupted)
}

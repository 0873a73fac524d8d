//! Resumes an interrupted migration.

use orm::{Error, ErrorKind, Result};

use super::Hand;
use crate::effect::{Effect, effect};
use crate::fingerprint::{Found, compare, fingerprint};
use crate::history::{Applied, note_progress};
use crate::plan::Work;

/// Returns the number of statements after which to resume.
pub(super) async fn resume(hand: &mut Hand<'_>, work: &Work<'_>, noted: &Applied) -> Result<usize> {
    let done = work.done_before();
    set_again(hand, &work.statements[..done]).await?;
    if !noted.is_in_doubt() {
        return Ok(done);
    }
    let statement = work.statements.get(done).map_or("", String::as_str);
    if !noted.is_of(&work.statements) {
        // What is recorded is about a statement that is no longer there.
        return Err(in_doubt(work, done, statement));
    }
    let now = fingerprint(hand, statement).await?;
    let done = match compare(noted.before.as_deref(), now.as_deref(), statement, hand.db.dialect()) {
        Found::Done => done + 1,
        Found::NotDone => done,
        Found::Unknown => return Err(in_doubt(work, done, statement)),
    };
    note_progress(hand.connection(), noted, &work.applied(done)).await?;
    Ok(done)
}

/// Repeats the settings that were lost with the connection.
async fn set_again(hand: &mut Hand<'_>, done: &[String]) -> Result<()> {
    for statement in done {
        if effect(statement, hand.db.dialect()) == Effect::Connection {
            hand.execute(statement).await?;
        }
    }
    Ok(())
}

/// Returns whether the server refused a statement, so that it was not done. A statement that was killed may have been
/// done.
pub(super) fn is_refused(error: &Error) -> bool {
    let unknown = [ErrorKind::ConnectionLost, ErrorKind::Interrupted, ErrorKind::CommitInDoubt];
    error.code().is_some() && !unknown.contains(&error.kind())
}

#[cold]
fn in_doubt(work: &Work<'_>, at: usize, statement: &str) -> Error {
    let message = format!(
        "the migration `{}` was interrupted at statement {} of {}, and it is not known whether that was \
         executed: look at the database, and record the outcome with `resolve` (`orm migrate resolve`), as \
         `Resolution::Done` or `Resolution::NotDone`; the statement is `{statement}`",
        work.migration.name,
        at + 1,
        work.statements.len(),
    );
    Error::new(ErrorKind::Interrupted, message)
}

//! Which closure transactions the current task is in.

use std::future::Future;

use crate::database::Database;
use crate::error::{Error, ErrorKind, Result};

tokio::task_local! {
    /// The databases of the enclosing closure transactions, outermost first.
    static INSIDE: Vec<usize>;
}

/// Runs `work` so that it, and everything it calls and awaits, counts as inside a transaction of `database`.
pub(super) fn scope<F: Future>(database: &Database, work: F) -> impl Future<Output = F::Output> {
    let mut inside = INSIDE.try_with(Clone::clone).unwrap_or_default();
    inside.push(database.identity());
    INSIDE.scope(inside, work)
}

/// Refuses a statement that would run outside the transaction that its task is in.
pub(super) fn check(database: &Database) -> Result<()> {
    if database.is_outside() {
        return Ok(());
    }
    let identity = database.identity();
    match INSIDE.try_with(|inside| inside.contains(&identity)) {
        Ok(true) => Err(refused()),
        _ => Ok(()),
    }
}

#[cold]
fn refused() -> Error {
    let message = "this statement would run outside of the transaction that its task is in: use the \
                   closure's `&mut tx` instead of the database, or `&db.outside()` if that is intended";
    Error::new(ErrorKind::OutsideTransaction, message)
}

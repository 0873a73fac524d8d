//! Commits of transactions over several databases.

use super::branch::Branch;
use crate::database::Database;
use crate::error::{Error, ErrorKind, Result};

/// Commits the branches one by one, the default database first, then the others in the order in which they were
/// registered, and removes each branch once it is committed. Broken connections are detected before the first commit,
/// since that cannot be undone.
pub(super) async fn all(database: &Database, branches: &mut Vec<Branch>) -> Result<()> {
    branches.sort_by_key(Branch::member);
    for branch in branches.iter_mut().skip(1) {
        let alive = branch.look().await;
        alive.map_err(|error| database.member(branch.member()).failed(error))?;
    }
    let mut committed = Vec::new();
    while let Some(branch) = branches.first_mut() {
        let member = branch.member();
        if let Err(error) = branch.commit().await {
            if committed.is_empty() {
                return Err(database.member(member).failed(alone(database, branches, error)));
            }
            let error = database.member(member).failed(error);
            let error = partial(database, &committed, branches, error);
            if let Some(branch) = branches.first_mut() {
                branch.end_by(error.clone());
            }
            return Err(error);
        }
        committed.push(member);
        branches.remove(0);
    }
    Ok(())
}

/// The error if none is committed, except perhaps the first of `left`.
#[cold]
fn alone(database: &Database, left: &[Branch], error: Error) -> Error {
    let [first, others @ ..] = left else { return error };
    if others.is_empty() || !error.is_commit_in_doubt() {
        return error;
    }
    let (first, others) =
        (names(database, [first.member()]), names(database, others.iter().map(Branch::member)));
    let message = format!("{error}; in doubt: {first}; rolled back: {others}");
    error.into_kind(ErrorKind::CommitInDoubt, message)
}

/// The error if some are committed, but the first of `left` failed.
#[cold]
fn partial(database: &Database, committed: &[usize], left: &[Branch], error: Error) -> Error {
    let failed = if error.is_commit_in_doubt() { "in doubt" } else { "not committed" };
    let mut left = left.iter().map(Branch::member);
    let mut message = format!(
        "the transaction was committed only in part: committed: {}; {failed}: {}",
        names(database, committed.iter().copied()),
        names(database, left.next()),
    );
    if left.len() > 0 {
        message += &format!("; rolled back: {}", names(database, left));
    }
    error.into_kind(ErrorKind::PartialCommit, message)
}

fn names(database: &Database, members: impl IntoIterator<Item = usize>) -> String {
    let names = members.into_iter().map(|member| format!("`{}`", database.member(member).name()));
    names.collect::<Vec<_>>().join(", ")
}

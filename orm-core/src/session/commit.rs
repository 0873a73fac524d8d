//! The commit of a transaction over several databases.

use super::branch::Branch;
use crate::database::Database;
use crate::error::{Error, ErrorKind, Result};

/// Commits one after the other, the default database first and then the others in the order in which they were given.
/// What is committed has no branch any more.
pub(super) async fn all(database: &Database, branches: &mut Vec<Branch>) -> Result<()> {
    branches.sort_by_key(Branch::member);
    let mut committed = Vec::new();
    while let Some(branch) = branches.first_mut() {
        let member = branch.member();
        if let Err(error) = branch.commit().await {
            let error = database.member(member).failed(error);
            if committed.is_empty() {
                return Err(error);
            }
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

/// Some are committed, and the first of `left` could not be.
#[cold]
fn partial(database: &Database, committed: &[usize], left: &[Branch], error: Error) -> Error {
    let names = |members: &mut dyn Iterator<Item = usize>| {
        members.map(|member| format!("`{}`", database.member(member).name())).collect::<Vec<_>>().join(", ")
    };
    let failed = if error.is_commit_in_doubt() { "in doubt" } else { "not committed" };
    let mut message = format!(
        "the transaction was committed only in part: committed {}; {failed} {}",
        names(&mut committed.iter().copied()),
        names(&mut left.iter().map(Branch::member).take(1)),
    );
    if left.len() > 1 {
        message += &format!("; rolled back {}", names(&mut left.iter().map(Branch::member).skip(1)));
    }
    error.into_kind(ErrorKind::PartialCommit, message)
}

// 2 errors: rustc says it of the call and of the future. The error of `try_run` must take the errors of the database.
use orm::prelude::*;

#[derive(Debug)]
pub struct Bankrupt;
// right: pub struct Bankrupt;
// right:
// right: impl From<orm::Error> for Bankrupt {
// right:     fn from(_: orm::Error) -> Bankrupt {
// right:         Bankrupt
// right:     }
// right: }

pub fn case(db: &Database) {
    drop(db.transaction().try_run(async |_| -> Result<(), Bankrupt> { Err(Bankrupt) }));
}

fn main() {}

// 2 errors: the error type of `try_run` must implement `From<orm::Error>` (rustc reports the call and the future).
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

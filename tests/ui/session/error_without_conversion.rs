// 2 errors: rustc says it of the call and of the future. The error of `try_run` must take the errors of the database.
use orm::prelude::*;

#[derive(Debug)]
pub struct Bankrupt;

pub fn case(db: &Database) {
    drop(db.transaction().try_run(async |_| -> Result<(), Bankrupt> { Err(Bankrupt) }));
}

fn main() {}

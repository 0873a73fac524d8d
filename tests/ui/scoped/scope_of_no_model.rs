// A scope is about a model.
use orm::prelude::*;

fn drafts(db: &Database) -> Database {
    db.scoped::<String>(|_| all_of([]))
}

fn main() {}

// A scope is set for a type that is not a model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

fn drafts(db: &Database) -> Database {
    db.scoped::<Post>(|p| p.published.is_false()).scoped::<String>(|_| all_of([]))
    // right: db.scoped::<Post>(|p| p.published.is_false()).scoped::<User>(|_| all_of([]))
}

fn main() {}

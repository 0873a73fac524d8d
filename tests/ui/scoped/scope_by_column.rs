// A scope is a condition.
#[path = "../models.rs"]
mod models;
use models::*;
use orm::prelude::*;

fn drafts(db: &Database) -> Database {
    db.scoped::<Post>(|p| p.published)
}

fn main() {}

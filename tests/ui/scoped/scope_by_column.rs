// A scope needs a condition, not a column.
#[path = "../models.rs"]
mod models;
use models::*;
use orm::prelude::*;

fn drafts(db: &Database) -> Database {
    db.scoped::<Post>(|p| p.published)
    // right: db.scoped::<Post>(|p| p.published.is_false())
}

fn main() {}

// 2 errors: A struct of values is not a selection: there are no values before the query has run.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

// right: #[derive(orm::Row)]
pub struct Line {
    pub name: String,
}

pub async fn case(db: &Database) -> orm::Result<Vec<Line>> {
    User::query().select(|u| Line { name: u.name }).all(db).await
    // right: User::query().select(|u| LineFields { name: u.name }).all(db).await
}

fn main() {}

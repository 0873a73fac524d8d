// 2 errors: The fields hold values, which are not there before the query has run, and so it is no selection.
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

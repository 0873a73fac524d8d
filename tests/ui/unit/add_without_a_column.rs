// A row that is added has all its required columns.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    s.add(User::insert().name("Ann"));
    // right: s.add(User::insert().email("ann@example.org").name("Ann"));
    Ok(())
}

fn main() {}

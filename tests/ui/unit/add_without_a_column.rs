// A row that is added has all its required columns.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    s.add(User::insert().name("Ann"));
    Ok(())
}

fn main() {}

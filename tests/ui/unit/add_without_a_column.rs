// A row that is added lacks a required column.
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

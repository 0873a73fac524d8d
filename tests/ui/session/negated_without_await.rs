// `!` is used before `.await`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    if !User::find(1).exists(db) {
    // right: if !User::find(1).exists(db).await? {
        println!("nobody");
    }
    Ok(())
}

fn main() {}

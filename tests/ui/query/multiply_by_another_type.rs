// Numbers of different types are multiplied.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _ = User::query().select(|u| u.age.mul(u.id)).all(db).await?;
    // right: let _ = User::query().select(|u| u.age.mul(u.id.cast::<i32>())).all(db).await?;
    Ok(())
}

fn main() {}

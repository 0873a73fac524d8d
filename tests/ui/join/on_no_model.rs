// Only a model can be joined.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub struct Plain {
    pub id: u64,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().join_on::<Plain>(|u, _| u.id.eq(1)).all(db).await?;
    Ok(())
}

fn main() {}

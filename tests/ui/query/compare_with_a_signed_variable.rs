// A column is compared with another integer type, which is not converted implicitly.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let id: i32 = 3;
    // right: let id: u64 = 3;
    Post::query().filter(|p| p.id.eq(id)).all(db).await?;
    Ok(())
}

fn main() {}

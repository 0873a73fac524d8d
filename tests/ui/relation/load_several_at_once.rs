// Each relation needs its own `with`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let _ = Post::query().with(|p| (p.author(), p.comments())).all(db).await?;
    // right: let _ = Post::query().with(|p| p.author()).with(|p| p.comments()).all(db).await?;
    Ok(())
}

fn main() {}

// The struct in braces is not a model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    struct Plain;
    User::query().count(db).await?;
    sql!("DELETE FROM {@Plain}").execute(db).await?;
    // right: sql!("DELETE FROM {@User}").execute(db).await?;
    Ok(())
}

fn main() {}

// 2 errors: a method binds more tightly than an operator, so the sum needs parentheses.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.id + u.id.gt(18)).all(db).await?;
    // right: User::query().filter(|u| (u.id + u.id).gt(18)).all(db).await?;
    Ok(())
}

fn main() {}

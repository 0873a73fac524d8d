// 3 errors: `&&` takes Rust's `bool`s; combine conditions with `.and(..)`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| u.age.ge(18) && u.active.is_true()).all(db).await?;
    // right: User::query().filter(|u| u.age.ge(18).and(u.active.is_true())).all(db).await?;
    Ok(())
}

fn main() {}

// One of several columns is passed to `order_by` without `.asc()` or `.desc()`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().order_by(|u| (u.age.desc(), u.name)).all(db).await?;
    // right: User::query().order_by(|u| (u.age.desc(), u.name.asc())).all(db).await?;
    Ok(())
}

fn main() {}

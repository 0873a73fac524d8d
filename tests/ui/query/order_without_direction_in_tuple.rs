// An order says its direction, also as a part of a tuple.
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

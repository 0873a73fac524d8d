// A condition is selected in a tuple without `.known()` or `.or_null()`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| (u.name, u.age.ge(18))).all(db).await?;
    // right: User::query().select(|u| (u.name, u.age.ge(18).or_null())).all(db).await?;
    Ok(())
}

fn main() {}

// 3 errors: texts in a `case` do not tell its type (rustc reports the call and both values).
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn run(db: &Database) -> orm::Result<()> {
    User::query().select(|u| case().when(u.age.ge(18), "adult").otherwise("child")).all(db).await?;
    // right: User::query().select(|u| case::<String>().when(u.age.ge(18), "adult").otherwise("child")).all(db).await?;
    Ok(())
}

fn main() {}

// A required column of a model in another crate has no value.
use orm::prelude::*;
use orm_doc::User;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert().name("Ann").execute(db).await?;
    // right: User::insert().email("ann@example.org").name("Ann").execute(db).await?;
    Ok(())
}

fn main() {}

// A required column has no value, of a model that is in another crate.
use orm::prelude::*;
use orm_doc::User;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::insert().name("Ann").execute(db).await?;
    // right: User::insert().email("ann@example.org").name("Ann").execute(db).await?;
    Ok(())
}

fn main() {}

// An argument of a declared function has the wrong type.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

orm::function! {
    fn soundex(text: String) -> Option<String> = "SOUNDEX";
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().filter(|u| soundex(u.id).eq("A")).all(db).await?;
    // right: User::query().filter(|u| soundex(u.name).eq("A")).all(db).await?;
    Ok(())
}

fn main() {}

// 2 errors: the model is a type argument of `get` (rustc also reports its name as a value).
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    s.get(User, 1).await?;
    // right: s.get::<User>(1).await?;
    Ok(())
}

fn main() {}

// `load` takes a relation of the columns, not a query of one row.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database, users: Vec<User>) -> orm::Result<()> {
    User::load(&users, |_| users[0].posts()).all(db).await?;
    // right: User::load(&users, |u| u.posts()).all(db).await?;
    Ok(())
}

fn main() {}

// sqlx's `fetch_all` is `all`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

async fn adults(db: &Database) -> orm::Result<Vec<User>> {
    let age = 18;
    sql!("SELECT * FROM {@User} WHERE age >= {age}").fetch_all(db).await
    // right: sql!("SELECT * FROM {@User} WHERE age >= {age}").all(db).await
}

fn main() {}

// A list has no column of this name.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Row)]
struct NewAge {
    id: u64,
    age: i32,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    let ages = vec![NewAge { id: 1, age: 42 }];
    User::query().join_rows(values(ages), |u, new| u.id.eq(new.user_id)).all(db).await?;
    // right: User::query().join_rows(values(ages), |u, new| u.id.eq(new.id)).all(db).await?;
    Ok(())
}

fn main() {}

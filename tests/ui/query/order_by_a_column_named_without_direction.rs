// A column by name is passed to `order_by` without `.asc()` or `.desc()`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    if let Some(name) = User::column_named("name") {
        User::query().order_by(|u| name.of(u)).all(db).await?;
        // right: User::query().order_by(|u| name.of(u).asc()).all(db).await?;
    }
    Ok(())
}

fn main() {}

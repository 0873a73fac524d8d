// Only a window function can be used with `over`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.name.lower().over(|w| w.order_by(u.id.asc()))).all(db).await?;
    // right: User::query().select(|u| orm::window::first_value(u.name).over(|w| w.order_by(u.id.asc()))).all(db).await?;
    Ok(())
}

fn main() {}

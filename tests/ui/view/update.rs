// Rows of a view cannot be updated.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    SalesByGenre::update().set(|s| s.sold.to(0)).filter(|s| s.genre_id.eq(1)).execute(db).await?;
    // right: Genre::update().set(|g| g.name.to("Rock")).filter(|g| g.id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {}

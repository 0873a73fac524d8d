// 2 errors: rows of a view cannot be inserted.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    SalesByGenre::insert().genre_id(1).sold(1).execute(db).await?;
    // right: Genre::insert().name("Rock").execute(db).await?;
    Ok(())
}

fn main() {}

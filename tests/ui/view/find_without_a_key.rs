// `find` is used on a view without a key.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

pub async fn case(db: &Database) -> orm::Result<SalesByGenre> {
    SalesByGenre::find(1).one(db).await
    // right: SalesByGenre::query().filter(|s| s.genre_id.eq(1)).one(db).await
}

fn main() {}

// Rows of a view cannot be deleted.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    SalesByGenre::delete().filter(|s| s.sold.eq(0)).execute(db).await?;
    // right: Genre::delete().filter(|g| g.sales().every(|s| s.sold.eq(0))).execute(db).await?;
    Ok(())
}

fn main() {}

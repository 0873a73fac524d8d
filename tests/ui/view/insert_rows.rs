// Rows of a view cannot be inserted, whole rows included.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

pub async fn case(db: &Database, rows: Vec<SalesByGenre>) -> orm::Result<()> {
    SalesByGenre::insert_all(rows).execute(db).await?;
    // right: Genre::insert_all(rows.iter().map(|row| Genre::insert().name(row.sold.to_string()))).execute(db).await?;
    Ok(())
}

fn main() {}

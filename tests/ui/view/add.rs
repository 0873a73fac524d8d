// A row cannot be added to a view.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

pub async fn case(mut s: Session, row: SalesByGenre) -> orm::Result<()> {
    s.add(row);
    // right: s.add(Genre { id: row.genre_id, name: "Rock".to_owned() });
    Ok(())
}

fn main() {}

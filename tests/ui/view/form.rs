// A form cannot be a row of a view.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

#[derive(Insert)]
#[orm(model = SalesByGenre)]
// right: #[orm(model = Genre)]
pub struct Form {
    genre_id: u64,
    // right: name: String,
    sold: i64,
    // right: #[orm(skip)]
    // right: sold: i64,
}

fn main() {}

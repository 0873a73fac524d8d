// A view's name is set with `table`.
use orm::prelude::*;

#[derive(Model)]
#[orm(view = "sales_by_genre")]
// right: #[orm(view, table = "sales_by_genre")]
pub struct Sales {
    pub genre: String,
}

fn main() {}

// An index over an expression needs a name.
use orm::prelude::*;

#[derive(Model)]
#[orm(index(expr = "lower(title)"))]
// right: #[orm(index(expr = "lower(title)", name = "thing_title"))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub title: String,
}

fn main() {}

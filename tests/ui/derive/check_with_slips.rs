// 4 errors: a `check` takes one condition, in quotes, and a name.
use orm::prelude::*;

#[derive(Model)]
#[orm(check(price >= 0))]
// right: #[orm(check = "price >= 0")]
#[orm(check("price < 10", "price <> 7"))]
// right: #[orm(check = "price < 10", check = "price <> 7")]
#[orm(check("price <> 5", nane = "not_five"))]
// right: #[orm(check("price <> 5", name = "not_five"))]
#[orm(check(name = "not_six"))]
// right: #[orm(check("price <> 6", name = "not_six"))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub price: i64,
}

fn main() {}

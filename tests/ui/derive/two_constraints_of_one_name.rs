// 2 errors: two checks, or a foreign key and an index, have the same name.
use orm::prelude::*;

#[derive(Model)]
#[orm(index(price, name = "things_parent"))]
#[orm(check("price > 1", name = "limit"))]
#[orm(check("price < 9", name = "limit"))]
// right: #[orm(check("price < 9", name = "upper_limit"))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub price: i64,
    #[orm(belongs_to = Thing, constraint = "things_parent")]
    // right: #[orm(belongs_to = Thing, constraint = "things_and_parents")]
    pub parent_id: Option<u64>,
}

fn main() {}

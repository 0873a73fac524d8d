// 4 errors: an attribute lacks its value, its name or a comma, or has `:` in place of `=`.
use orm::prelude::*;

#[derive(Model)]
#[orm(table =)]
// right: #[orm(table = "things")]
#[orm("shop")]
// right: #[orm(schema = "shop")]
pub struct Thing {
    #[orm(primary_key auto)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length: 9)]
    // right: #[orm(length = 9)]
    pub name: String,
}

fn main() {}

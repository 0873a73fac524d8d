// `sql_type` already includes the length.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(sql_type = "TEXT", length = 9)]
    // right: #[orm(sql_type = "TEXT")]
    pub name: String,
}

fn main() {}

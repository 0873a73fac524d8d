// `renamed_from` takes a string.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(renamed_from = title)]
    // right: #[orm(renamed_from = "title")]
    pub name: String,
}

fn main() {}

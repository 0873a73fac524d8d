// `renamed_from` names a column that still exists.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
    #[orm(renamed_from = "name")]
    // right: #[orm(renamed_from = "title")]
    pub full_name: String,
}

fn main() {}

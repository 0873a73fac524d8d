// `renamed_from` names the column's current name.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(renamed_from = "name")]
    // right: #[orm(renamed_from = "title")]
    pub name: String,
}

fn main() {}

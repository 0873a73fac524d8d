// A table name is longer than 64 characters.
use orm::prelude::*;

#[derive(Model)]
#[orm(table = "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt")]
// right: #[orm(table = "t")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

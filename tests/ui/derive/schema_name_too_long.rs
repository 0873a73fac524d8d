// A schema name is longer than 64 characters.
use orm::prelude::*;

#[derive(Model)]
#[orm(schema = "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss")]
// right: #[orm(schema = "s")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

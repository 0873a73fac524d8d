// Servers take names of 64 characters, also of schemas.
use orm::prelude::*;

#[derive(Model)]
#[orm(schema = "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss")]
// right: #[orm(schema = "s")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

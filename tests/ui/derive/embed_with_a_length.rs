// Attributes of columns belong on the fields of the embedded struct.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub struct Address {
    pub street: String,
}

#[derive(Model)]
#[orm(table = "customers")]
pub struct Customer {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(embed, length = 10)]
    // right: #[orm(embed)]
    pub home: Address,
}

fn main() {}

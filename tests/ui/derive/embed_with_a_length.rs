// What is embedded says by its own fields how they are stored.
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

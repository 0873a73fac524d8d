// Keys belong to a model, not to a struct embedded in it.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub struct Address {
    #[orm(unique, length = 190)]
    // right: #[orm(length = 190)]
    pub street: String,
}

#[derive(Model)]
#[orm(table = "customers")]
pub struct Customer {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(embed)]
    pub home: Address,
}

fn main() {}

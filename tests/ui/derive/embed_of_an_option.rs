// An embedded struct cannot be an `Option`, but its fields can.
use orm::prelude::*;

#[derive(Embed, Clone)]
pub struct Address {
    pub street: Option<String>,
}

#[derive(Model)]
#[orm(table = "customers")]
pub struct Customer {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(embed)]
    pub home: Option<Address>,
    // right: pub home: Address,
}

fn main() {}

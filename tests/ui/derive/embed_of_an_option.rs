// What is embedded is always there; its fields may be `Option`s.
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

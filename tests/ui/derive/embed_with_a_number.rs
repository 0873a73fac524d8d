// The prefix of embedded columns is a string.
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
    #[orm(embed = 7)]
    // right: #[orm(embed = "home_")]
    pub home: Address,
}

fn main() {}

// An embedded struct needs `#[derive(Embed)]`.
use orm::prelude::*;

pub struct Address {
// right: #[derive(Embed, Clone)]
// right: pub struct Address {
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

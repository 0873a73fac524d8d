// Two embedded structs have a column of the same name.
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
    #[orm(embed = "")]
    pub home: Address,
    #[orm(embed = "")]
    // right: #[orm(embed = "work_")]
    pub work: Address,
}

fn main() {}

// The model of a foreign key is misspelt.
use orm::prelude::*;

#[derive(Model)]
pub struct Owner {
    #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Ownr)]
    // right: #[orm(belongs_to = Owner)]
    pub owner_id: u64,
}

fn main() {}

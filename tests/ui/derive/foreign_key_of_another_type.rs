// A foreign key does not have the type of the key that it references.
use orm::prelude::*;

#[derive(Model)]
pub struct Owner {
    #[orm(primary_key)]
    pub id: u64,
}

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = Owner)]
    pub owner_id: i32,
    // right: pub owner_id: u64,
}

fn main() {}

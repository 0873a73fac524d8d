// A key of two columns is referenced by one column.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(a, b))]
pub struct Owner {
    pub a: u64,
    pub b: u64,
}

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = Owner)]
    // right:
    pub owner_id: u64,
}

fn main() {}

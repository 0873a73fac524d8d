// The primary key is declared both on the struct and on a field.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(id, part))]
pub struct Thing {
    #[orm(primary_key)]
    // right:
    pub id: u64,
    pub part: u64,
}

fn main() {}

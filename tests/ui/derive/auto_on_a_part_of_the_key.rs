// Only a primary key of one column can be `auto`.
use orm::prelude::*;

#[derive(Model)]
#[orm(primary_key(id, part))]
// right: #[orm(primary_key(id))]
pub struct Thing {
    #[orm(auto)]
    pub id: u64,
    pub part: u64,
}

fn main() {}

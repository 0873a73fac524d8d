// `on_delete` needs a foreign key.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(on_delete = cascade)]
    // right: #[orm(belongs_to = Thing, on_delete = cascade)]
    pub owner_id: u64,
}

fn main() {}

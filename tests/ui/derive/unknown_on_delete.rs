// `on_delete` has an unknown action.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Thing, relation = owner, on_delete = cascad)]
    // right: #[orm(belongs_to = Thing, relation = owner, on_delete = cascade)]
    pub owner_id: u64,
}

fn main() {}

// Two relations have the same name.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Thing, relation = owner)]
    pub a_id: u64,
    #[orm(belongs_to = Thing, relation = owner)]
    // right: #[orm(belongs_to = Thing, relation = editor)]
    pub b_id: u64,
}

fn main() {}

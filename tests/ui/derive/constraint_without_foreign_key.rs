// `constraint` names a foreign key, and there is none.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(constraint = "things_parent")]
    // right: #[orm(belongs_to = Thing, constraint = "things_parent")]
    pub parent_id: Option<u64>,
}

fn main() {}

// A scoped column cannot have a default.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(scoped, default = 0)]
    // right: #[orm(scoped)]
    pub tenant_id: u64,
}

fn main() {}

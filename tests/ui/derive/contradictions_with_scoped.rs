// 2 errors: a scoped column cannot be filled in another way.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(scoped, server_default = "0")]
    // right: #[orm(scoped)]
    pub tenant_id: u64,
    #[orm(scoped, on_update = now)]
    // right: #[orm(scoped)]
    pub since: DateTime<Utc>,
}

fn main() {}

// 2 errors: a column that is filled automatically would mark every row as deleted.
use orm::prelude::*;

#[derive(Model)]
#[orm(soft_delete = deleted_at)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(server_default = "CURRENT_TIMESTAMP", on_update = now)]
    // right:
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}

// A default would mark every new row as deleted.
use orm::prelude::*;

#[derive(Model)]
#[orm(soft_delete = deleted_at)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(default = now)]
    // right:
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}

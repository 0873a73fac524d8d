// The soft-delete column holds a time, not a boolean.
use orm::prelude::*;

#[derive(Model)]
#[orm(soft_delete = deleted)]
// right: #[orm(soft_delete = deleted_at)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub deleted: bool,
    // right: pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}

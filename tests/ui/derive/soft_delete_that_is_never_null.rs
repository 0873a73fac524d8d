// The soft-delete column must be nullable.
use orm::prelude::*;

#[derive(Model)]
#[orm(soft_delete = deleted_at)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub deleted_at: DateTime<Utc>,
    // right: pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}

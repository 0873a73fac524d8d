// `soft_delete` names a field that does not exist.
use orm::prelude::*;

#[derive(Model)]
#[orm(soft_delete = delete_at)]
// right: #[orm(soft_delete = deleted_at)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}

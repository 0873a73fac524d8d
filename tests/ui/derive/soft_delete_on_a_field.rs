// `soft_delete` belongs on the struct, and names the field.
use orm::prelude::*;

#[derive(Model)]
// right: #[derive(Model)]
// right: #[orm(soft_delete = deleted_at)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(soft_delete)]
    // right:
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}

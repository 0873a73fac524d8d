// It stands on the struct, and names the field.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(soft_delete)]
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}

// `soft_delete` names its field without quotes.
use orm::prelude::*;

#[derive(Model)]
#[orm(soft_delete = "deleted_at")]
// right: #[orm(soft_delete = deleted_at)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}

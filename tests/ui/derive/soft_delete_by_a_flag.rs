// Rows are marked as deleted by a moment.
use orm::prelude::*;

#[derive(Model)]
#[orm(soft_delete = deleted)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub deleted: bool,
}

fn main() {}

// `now` is only for dates and times.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(default = now)]
    // right: #[orm(default = 0)]
    pub number: u64,
}

fn main() {}

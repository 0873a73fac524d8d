// `auto` belongs on a field.
use orm::prelude::*;

#[derive(Model)]
#[orm(auto)]
// right:
pub struct Thing {
    #[orm(primary_key)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

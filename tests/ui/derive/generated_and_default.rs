// A generated column cannot have a default.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(generated = "id + 1", default = 1)]
    // right: #[orm(generated = "id + 1")]
    pub number: u64,
}

fn main() {}

// `default` and `server_default` cannot be combined.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(default = 1, server_default = "1")]
    // right: #[orm(server_default = "1")]
    pub number: u64,
}

fn main() {}

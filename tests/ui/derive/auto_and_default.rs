// An `auto` column has no default, since the database numbers the rows.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto, default = 1)]
    // right: #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

// The path of the crate must be absolute, to hold in every module.
use orm::prelude::*;

#[derive(Model)]
#[orm(crate = orm)]
// right: #[orm(crate = ::orm)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

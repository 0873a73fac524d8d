// It is recognised, and refused until it works.
use orm::prelude::*;

#[derive(Model)]
#[orm(bind = "audit")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

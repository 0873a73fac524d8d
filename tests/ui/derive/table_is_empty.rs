// A name has characters.
use orm::prelude::*;

#[derive(Model)]
#[orm(table = "")]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

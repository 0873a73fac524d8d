// Names that begin with `__` are reserved for the macro.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub __number: bool,
    // right: pub number: bool,
}

fn main() {}

// `auto` is about a field.
use orm::prelude::*;

#[derive(Model)]
#[orm(auto)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}

// A model cannot borrow its values.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: &'static str,
    // right: pub name: String,
}

fn main() {}

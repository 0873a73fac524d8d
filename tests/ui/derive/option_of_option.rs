// A column cannot be an `Option` of an `Option`.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: Option<Option<String>>,
    // right: pub name: Option<String>,
}

fn main() {}

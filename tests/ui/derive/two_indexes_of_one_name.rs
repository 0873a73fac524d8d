// Two indexes have the same name.
use orm::prelude::*;

#[derive(Model)]
#[orm(index(a, name = "i"), index(b, name = "i"))]
// right: #[orm(index(a, name = "i"), index(b, name = "j"))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub a: u64,
    pub b: u64,
}

fn main() {}

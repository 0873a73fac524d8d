// A skipped field needs a type with `Default`.
use orm::prelude::*;

pub struct Other;
// right: #[derive(Default)]
// right: pub struct Other;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(skip)]
    pub other: Other,
}

fn main() {}

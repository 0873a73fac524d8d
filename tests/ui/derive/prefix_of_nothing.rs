// The prefix of an indexed column needs a length.
use orm::prelude::*;

#[derive(Model)]
#[orm(index(title()))]
// right: #[orm(index(title(20)))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub title: String,
}

fn main() {}

// A model cannot be generic.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing<T> {
// right: pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    pub value: T,
    // right: pub value: i64,
}

fn main() {}

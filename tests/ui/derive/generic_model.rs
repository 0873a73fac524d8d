// A model is one table.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing<T> {
    #[orm(primary_key)]
    pub id: u64,
    pub value: T,
}

fn main() {}

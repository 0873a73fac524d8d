// A model cannot borrow its values.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing<'a> {
// right: pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    pub value: &'a str,
    // right: pub value: String,
}

fn main() {}

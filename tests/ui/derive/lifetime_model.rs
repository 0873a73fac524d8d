// A row owns its values.
use orm::prelude::*;

#[derive(Model)]
pub struct Thing<'a> {
    #[orm(primary_key)]
    pub id: u64,
    pub value: &'a str,
}

fn main() {}

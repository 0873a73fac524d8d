// It is recognised, and refused until it works.
use orm::prelude::*;

#[derive(Model)]
#[orm(many_to_many(things: Thing, through = Other))]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
}

fn main() {}

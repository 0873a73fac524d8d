// A relation leads to a model.
use orm::prelude::*;

pub struct Plain;

#[derive(Model)]
#[orm(has_many(plains: Plain))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}

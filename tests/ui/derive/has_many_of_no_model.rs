// A relation leads to a type that is not a model.
use orm::prelude::*;

pub struct Plain;
// right: #[derive(Model)]
// right: pub struct Plain {
// right:     #[orm(primary_key)]
// right:     pub id: u64,
// right:     #[orm(belongs_to = Thing)]
// right:     pub thing_id: u64,
// right: }

#[derive(Model)]
#[orm(has_many(plains: Plain))]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}

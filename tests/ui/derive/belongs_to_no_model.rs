// A foreign key references a type that is not a model.
use orm::prelude::*;

pub struct Plain;
// right: #[derive(Model)]
// right: pub struct Plain {
// right:     #[orm(primary_key)]
// right:     pub id: u64,
// right: }

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = Plain)]
    pub plain_id: u64,
}

fn main() {}

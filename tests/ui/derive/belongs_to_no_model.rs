// A foreign key points at a model.
use orm::prelude::*;

pub struct Plain;

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = Plain)]
    pub plain_id: u64,
}

fn main() {}

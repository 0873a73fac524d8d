// A foreign key is a column, not the row that it references.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Model)]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = User)]
    pub author: User,
    // right: pub author_id: u64,
}

fn main() {}

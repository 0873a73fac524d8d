// The model of a relation is written in quotes.
use orm::prelude::*;

#[derive(Model)]
#[orm(has_many(notes: "Note"))]
// right: #[orm(has_many(notes: Note))]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = User)]
    pub user_id: u64,
}

fn main() {}

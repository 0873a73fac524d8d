// A relation leads from a view that has no key.
use orm::prelude::*;

#[derive(Model)]
#[orm(view, has_many(notes: Note.sales))]
pub struct Sales {
    pub genre_id: u64,
    // right: #[orm(primary_key)]
    // right: pub genre_id: u64,
    pub sold: i64,
}

#[derive(Model)]
pub struct Note {
    #[orm(primary_key)]
    pub id: u64,
    pub genre_id: u64,
    // right: #[orm(belongs_to = Sales, relation = sales)]
    // right: pub genre_id: u64,
}

fn main() {}

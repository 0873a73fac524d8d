// What is stored as an enum is no text: its rows are found by an index.
use orm::prelude::*;

#[derive(Value, Debug, Clone)]
#[orm(as = enum)]
pub enum Kind {
    Novel,
    Poem,
}

#[derive(Model)]
#[orm(full_text(title, kind))]
// right: #[orm(full_text(title), index(kind))]
pub struct Book {
    #[orm(primary_key)]
    pub id: u64,
    pub title: String,
    pub kind: Kind,
}

fn main() {}

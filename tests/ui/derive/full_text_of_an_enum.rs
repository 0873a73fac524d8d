// An enum cannot be part of a full-text index: use a plain index.
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

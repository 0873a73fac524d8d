// An enum without fields is stored in one column, without `embed`.
use orm::prelude::*;

#[derive(Embed, Clone)]
// right: #[derive(Value, Clone)]
pub enum State {
    Draft,
    Published,
}

fn main() {}

// An enum of words is one value, and needs no `embed`.
use orm::prelude::*;

#[derive(Embed, Clone)]
// right: #[derive(Value, Clone)]
pub enum State {
    Draft,
    Published,
}

fn main() {}

// An enum needs `#[derive(Value)]` to be stored.
use orm::prelude::*;

#[derive(Debug, Clone, PartialEq)]
// right: #[derive(Value, Debug, Clone, PartialEq)]
pub enum Color {
    Red,
    Blue,
}

#[derive(Model)]
pub struct Thing {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub color: Color,
}

fn main() {}

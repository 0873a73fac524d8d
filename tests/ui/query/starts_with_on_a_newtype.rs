// A newtype around a text needs `Textual` for text operators.
use orm::prelude::*;

#[derive(Value, Clone, PartialEq)]
pub struct Sku(pub String);
// right: pub struct Sku(pub String); impl orm::value::Textual for Sku {}

#[derive(Model)]
#[orm(table = "wares")]
pub struct Ware {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 20)]
    pub sku: Sku,
}

fn wrong() -> Query<Ware> {
    Ware::query().filter(|w| w.sku.starts_with("A-"))
}

fn main() {}

// A struct is always the same, so that no column says what it is.
use orm::prelude::*;

#[derive(Embed, Clone)]
#[orm(tag = "type")]
// right: #[orm(fields = AddressColumns)]
pub struct Address {
    pub street: String,
}

fn main() {}

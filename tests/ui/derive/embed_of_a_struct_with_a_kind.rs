// It is an enum that has a type for which of its variants it is.
use orm::prelude::*;

#[derive(Embed, Clone)]
#[orm(kind = AddressType)]
// right: #[orm(fields = AddressColumns)]
pub struct Address {
    pub street: String,
}

fn main() {}

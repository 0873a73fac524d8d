// `kind` is only for embedded enums.
use orm::prelude::*;

#[derive(Embed, Clone)]
#[orm(kind = AddressType)]
// right: #[orm(fields = AddressColumns)]
pub struct Address {
    pub street: String,
}

fn main() {}

// The form does not say whose row it is.
use orm::prelude::*;

#[derive(Insert)]
pub struct NewUser {
    email: String,
    name: String,
}

fn main() {}

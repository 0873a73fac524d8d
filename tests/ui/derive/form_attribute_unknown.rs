// An attribute of the form is misspelt.
use orm::prelude::*;

#[derive(Insert)]
#[orm(modle = User)]
pub struct NewUser {
    email: String,
    name: String,
}

fn main() {}

// An attribute of a form is misspelt.
use orm::prelude::*;

#[derive(Model)]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub email: String,
    pub name: String,
}

#[derive(Insert)]
#[orm(modle = User)]
// right: #[orm(model = User)]
pub struct NewUser {
    email: String,
    name: String,
}

fn main() {}

// The model of a form is written in quotes.
use orm::prelude::*;

#[derive(Model)]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
}

#[derive(Insert)]
#[orm(model = "User")]
// right: #[orm(model = User)]
pub struct NewUser {
    name: String,
}

fn main() {}

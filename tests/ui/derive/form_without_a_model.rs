// A form does not name its model.
use orm::prelude::*;

#[derive(Model)]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub email: String,
    pub name: String,
}

#[derive(Insert)]
// right: #[derive(Insert)]
// right: #[orm(model = User)]
pub struct NewUser {
    email: String,
    name: String,
}

fn main() {}

// A form cannot be a tuple struct.
use orm::prelude::*;

#[derive(Model)]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub email: String,
    pub name: String,
}

#[derive(Insert)]
#[orm(model = User)]
pub struct NewUser(String, String);
// right: pub struct NewUser {
// right:     email: String,
// right:     name: String,
// right: }

fn main() {}

// A patch cannot be an enum.
use orm::prelude::*;

#[derive(Model)]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
}

#[derive(Patch)]
#[orm(model = User)]
pub enum UserPatch {
    // right: pub struct UserPatch {
    Name(String),
    // right: name: Option<String>,
}

fn main() {}

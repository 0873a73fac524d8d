// A field of a form does not have the type of its column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Insert)]
#[orm(model = User)]
pub struct NewUser {
    email: String,
    name: i32,
    // right: name: String,
}

fn main() {}

// A field that always has a value never leaves its column to the default.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Insert)]
#[orm(model = User)]
pub struct NewUser {
    email: String,
    #[orm(default)]
    // right:
    name: String,
}

fn main() {}

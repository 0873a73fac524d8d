// A required column has no default that it could be left to.
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
    name: Option<String>,
    // right: name: String,
}

fn main() {}

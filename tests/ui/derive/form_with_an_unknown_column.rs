// A field of the form is no column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Insert)]
#[orm(model = User)]
pub struct NewUser {
    email: String,
    nmae: String,
    // right:
    name: String,
}

fn main() {}

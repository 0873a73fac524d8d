// A field of a form is not a column of the model.
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

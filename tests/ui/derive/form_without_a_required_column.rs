// A form lacks a required column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Insert)]
#[orm(model = User)]
pub struct NewUser {
    name: String,
    // right: email: String,
    // right: name: String,
}

fn main() {}

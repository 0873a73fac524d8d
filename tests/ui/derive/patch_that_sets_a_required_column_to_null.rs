// A patch could set a required column to NULL.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Patch)]
#[orm(model = User)]
pub struct UserPatch {
    name: Option<Option<String>>,
    // right: name: Option<String>,
}

fn main() {}

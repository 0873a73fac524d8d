// A field of a patch does not have the type of its column.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Patch)]
#[orm(model = User)]
pub struct UserPatch {
    name: Option<i32>,
    // right: name: Option<String>,
}

fn main() {}

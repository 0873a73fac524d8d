// A field of a patch is not a column of the model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Patch)]
#[orm(model = User)]
pub struct UserPatch {
    nmae: Option<String>,
    // right: name: Option<String>,
}

fn main() {}

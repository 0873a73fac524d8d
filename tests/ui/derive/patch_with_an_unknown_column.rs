// A field of the patch is no column.
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

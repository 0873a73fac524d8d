// 4 errors: attributes of forms are misplaced, given twice or of the wrong kind.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

#[derive(Patch)]
#[orm(model = User, model = Post)]
// right: #[orm(model = User)]
#[orm(skip)]
// right:
pub struct UserPatch {
    #[orm(skip = true)]
    // right: #[orm(skip)]
    token: String,
    #[orm(model = User)]
    // right:
    name: Option<String>,
}

fn main() {}

// The form is a row of something that is no model.
use orm::prelude::*;

pub struct Plain;

#[derive(Insert)]
#[orm(model = Plain)]
pub struct NewUser {
    email: String,
}

fn main() {}

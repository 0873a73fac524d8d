// The model of a form is not a model.
use orm::prelude::*;

pub struct Plain;
// right: #[derive(Model)]
// right: pub struct Plain {
// right:     #[orm(primary_key, auto)]
// right:     pub id: u64,
// right:     pub email: String,
// right: }

#[derive(Insert)]
#[orm(model = Plain)]
pub struct NewUser {
    email: String,
}

fn main() {}

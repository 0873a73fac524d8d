// The form is a tuple struct.
use orm::prelude::*;

#[derive(Insert)]
#[orm(model = User)]
pub struct NewUser(String, String);

fn main() {}

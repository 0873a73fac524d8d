// A schema is made of models.
use orm::schema::Diagram;

#[path = "../models.rs"]
mod models;
use models::*;

pub fn case() -> String {
    Diagram::of::<(User, String)>().svg()
    // right: Diagram::of::<(User, Post)>().svg()
}

fn main() {}

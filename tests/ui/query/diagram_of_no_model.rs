// A schema includes a struct that is not a model.
use orm::Schema;
use orm::dialect::MYSQL;

#[path = "../models.rs"]
mod models;
use models::*;

pub fn case() -> orm::Result<String> {
    Ok(Schema::of::<(User, String)>(&MYSQL)?.diagram().svg())
    // right: Ok(Schema::of::<(User, Post)>(&MYSQL)?.diagram().svg())
}

fn main() {}

// A text column of related rows cannot be summed.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub fn case() -> Query<User> {
    User::query().filter(|u| u.posts().sum(|p| p.title).gt(3))
    // right: User::query().filter(|u| u.posts().sum(|p| p.id).gt(3))
}

fn main() {}

// Only numbers have a sum, over related rows too.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub fn case() -> Query<User> {
    User::query().filter(|u| u.posts().sum(|p| p.title).gt(3))
    // right: User::query().filter(|u| u.posts().sum(|p| p.id).gt(3))
}

fn main() {}

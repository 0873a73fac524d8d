// A filtered relation is not a condition: use `any`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub fn case() -> Query<User> {
    User::query().filter(|u| u.posts().filter(|p| p.published.is_true()))
    // right: User::query().filter(|u| u.posts().any(|p| p.published.is_true()))
}

fn main() {}

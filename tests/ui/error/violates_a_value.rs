// `violates` needs a closure that returns columns.
#[path = "../models.rs"]
mod models;
use models::*;

fn taken(error: &orm::Error) -> bool {
    error.violates::<User>(|u| u.email.eq("ann@example.org"))
    // right: error.violates::<User>(|u| u.email)
}

fn main() {}

// A side that an outer join may leave empty is a `Maybe` in the type of a query, and an `Option` in its rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub struct Feed(pub Query<(User, Option<Post>)>);
// right: pub struct Feed(pub Query<(User, orm::Maybe<Post>)>);

fn main() {}

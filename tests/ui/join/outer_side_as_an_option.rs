// The optional side of an outer join is `Maybe` in the type of the query, and `Option` in its rows.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub struct Feed(pub Query<(User, Option<Post>)>);
// right: pub struct Feed(pub Query<(User, orm::Maybe<Post>)>);

fn main() {}

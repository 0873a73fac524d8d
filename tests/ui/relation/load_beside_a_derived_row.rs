// Relations cannot be loaded with the rows of a derived table.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let ranked = User::query().select(|u| (u, orm::window::row_number().over(|w| w.order_by(u.id.asc()))));
    ranked.into_query().with(|(u, _)| u.posts()).all(db).await?;
    // right: let users: Vec<User> = ranked.into_query().select(|(u, _)| u).all(db).await?;
    // right: let posts: Vec<Vec<Post>> = User::load(&users, |u| u.posts()).all(db).await?;
    Ok(())
}

fn main() {}

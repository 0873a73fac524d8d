// A predicate for required columns is used on the optional side of a join: write it as `fn visible<M: Mode>(p: PostFields<M>)`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

fn visible(p: PostFields) -> Condition {
// right: fn visible<M: Mode>(p: PostFields<M>) -> Condition {
    p.published.is_true()
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().left_join(|u| u.posts()).filter(|(_, p)| visible(p)).all(db).await?;
    Ok(())
}

fn main() {}

// An update can only set columns of its own table, not of joined tables.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let authors = User::query().select(|u| (u, u.posts().count()));
    Post::update()
        .join_rows(authors, |p, (u, _)| p.author_id.eq(u.id))
        .set(|(_, (u, _))| u.name.to("x"))
        // right: .set(|(p, (u, _))| p.title.to(u.name))
        .all_rows()
        .execute(db)
        .await?;
    Ok(())
}

fn main() {}

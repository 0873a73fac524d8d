// An update does nothing until it is executed.
#![deny(unused_must_use)]

use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::update().set(|u| u.name.to("x")).filter(|u| u.id.eq(3));
    // right: User::update().set(|u| u.name.to("x")).filter(|u| u.id.eq(3)).execute(db).await?;
    db.ping().await?;
    Ok(())
}

fn main() {}

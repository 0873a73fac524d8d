// A delete does nothing until it is executed.
#![deny(unused_must_use)]

use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    User::delete().filter(|u| u.id.eq(3));
    // right: User::delete().filter(|u| u.id.eq(3)).execute(db).await?;
    db.ping().await?;
    Ok(())
}

fn main() {}

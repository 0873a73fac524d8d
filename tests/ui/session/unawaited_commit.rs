// A commit does nothing until it is awaited.
#![deny(unused_must_use)]

use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    User::delete().all_rows().execute(&mut s).await?;
    s.commit();
    // right: s.commit().await?;
    Ok(())
}

fn main() {}

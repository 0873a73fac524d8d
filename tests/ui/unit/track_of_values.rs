// A session can track whole rows, not values.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let names = User::query().select(|u| u.name).track(&mut s).await?;
    // right: let names = User::query().track(&mut s).await?;
    drop(names);
    Ok(())
}

fn main() {}

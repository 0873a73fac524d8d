// Rows of a view cannot be tracked.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    SalesByGenre::query().track(&mut s).await?;
    // right: SalesByGenre::query().all(&mut s).await?;
    Ok(())
}

fn main() {}

// 2 errors: a session tracks rows that it can change, and gets them by their keys.
use orm::prelude::*;

#[path = "../views.rs"]
mod views;
use views::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    s.get::<SalesByGenre>(1_u64).await?;
    // right: SalesByGenre::query().filter(|v| v.genre_id.eq(1)).one(&mut s).await?;
    Ok(())
}

fn main() {}

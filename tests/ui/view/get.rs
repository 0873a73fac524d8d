// 2 errors: `get` is used on a view, which cannot be tracked and has no key.
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

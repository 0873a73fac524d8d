// Two rows are borrowed mutably at once: use `disjoint_mut`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(mut s: Session) -> orm::Result<()> {
    let (ann, bob) = (s.get::<User>(1).await?, s.get::<User>(2).await?);
    let (a, b) = (&mut s[ann], &mut s[bob]);
    // right: let (a, b) = s.disjoint_mut([ann, bob])?.into();
    std::mem::swap(&mut a.name, &mut b.name);
    Ok(())
}

fn main() {}

// A declared function can take at most sixteen arguments.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

orm::function! { fn least(a: i64, b: i64, c: i64, d: i64, e: i64, f: i64, g: i64, h: i64, i: i64, j: i64, k: i64, l: i64, m: i64, n: i64, o: i64, p: i64, q: i64) -> i64 = "LEAST"; }
// right: orm::function! { fn least(a: i64, b: i64) -> i64 = "LEAST"; }

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().select(|u| u.id).all(db).await?;
    Ok(())
}

fn main() {}

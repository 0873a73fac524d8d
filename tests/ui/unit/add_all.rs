// `add` takes one row.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub async fn case(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    let rows = [User::insert().email("ann@example.org").name("Ann")];
    s.add_all(rows);
    // right: for row in rows { s.add(row); }
    Ok(())
}

fn main() {}

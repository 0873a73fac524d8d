// A procedure has no return type: use `out` parameters.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

procedure! {
    fn total(day: NaiveDate) -> Decimal;
    // right: fn total(day: NaiveDate, out total: Decimal);
}

pub async fn case(db: &Database) -> orm::Result<()> {
    User::query().count(db).await?;
    Ok(())
}

fn main() {}

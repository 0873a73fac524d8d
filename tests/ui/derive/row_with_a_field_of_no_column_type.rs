// A field of a row cannot be stored in a column.
use orm::prelude::*;

#[derive(Row)]
pub struct Revenue {
    pub country: String,
    pub months: Vec<Decimal>,
    // right: pub months: Decimal,
}

pub async fn case(db: &Database) -> orm::Result<Vec<Revenue>> {
    sql!("SELECT country, months FROM revenues").all(db).await
}

fn main() {}

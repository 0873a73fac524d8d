// A table is created for a struct that is not a model.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

pub struct Plain {
// right: #[derive(Model)]
// right: pub struct Plain {
// right:     #[orm(primary_key)]
    pub id: u64,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    db.create_tables::<(User, Plain)>().await?;
    Ok(())
}

fn main() {}

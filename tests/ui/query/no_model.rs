// The struct is not a model.
use orm::prelude::*;

pub struct Plain {
// right: #[derive(Model)]
// right: pub struct Plain {
// right:     #[orm(primary_key)]
    pub id: u64,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    Plain::query().all(db).await?;
    Ok(())
}

fn main() {}

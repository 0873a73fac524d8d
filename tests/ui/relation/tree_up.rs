// A tree needs a relation to many rows, not to one parent.
use orm::prelude::*;

#[derive(Model, Debug, Clone)]
#[orm(table = "topics", has_many(children: Topic))]
pub struct Topic {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Topic)]
    pub parent_id: Option<u64>,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    Topic::query().tree(|t| t.parent()).all(db).await?;
    // right: Topic::query().tree(|t| t.children()).all(db).await?;
    Ok(())
}

fn main() {}

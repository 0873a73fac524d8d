// All levels of a tree must load the same relations.
use orm::prelude::*;

#[derive(Model, Debug, Clone)]
#[orm(table = "topics", has_many(children: Topic, books: Book))]
pub struct Topic {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Topic)]
    pub parent_id: Option<u64>,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "books")]
pub struct Book {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Topic)]
    pub topic_id: u64,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    Topic::query().with(|t| t.books()).tree(|t| t.children()).all(db).await?;
    // right: Topic::query().with(|t| t.books()).tree(|t| t.children().with(|t| t.books())).all(db).await?;
    Ok(())
}

fn main() {}

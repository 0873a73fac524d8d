// A graph that contains itself would never end: use a tree.
use orm::prelude::*;
use orm::{Graph, Tree};

#[derive(Model, Debug, Clone)]
#[orm(table = "topics", has_many(children: Topic))]
pub struct Topic {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Topic)]
    pub parent_id: Option<u64>,
}

#[derive(Graph)]
struct Page {
    #[orm(root)]
    topic: Topic,
    children: Vec<Page>,
    // right: #[orm(load = |t| t.children().tree(|t| t.children()))]
    // right: children: Vec<Tree<Topic>>,
}

pub async fn case(db: &Database) -> orm::Result<Vec<Tree<Topic>>> {
    let page: Page = Topic::find(1).graph().one(db).await?;
    println!("{}", page.topic.id);
    Topic::query().tree(|t| t.children()).all(db).await
}

fn main() {}

// A task may move between threads, so it cannot hold an `Rc`.
use orm::prelude::*;

#[path = "../models.rs"]
mod models;
use models::*;

fn spawn<F: Future<Output = orm::Result<i64>> + Send + 'static>(_: F) {}

pub async fn case(db: Database) -> orm::Result<()> {
    let n = std::rc::Rc::new(1);
    // right: let n = std::sync::Arc::new(1);
    spawn(async move {
        let posts = db.transaction().run(async |mut tx| Post::query().count(&mut tx).await).await?;
        Ok(posts + *n)
    });
    Ok(())
}

fn main() {}

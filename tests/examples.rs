//! The examples, on each database; the service has its own tests.

use orm::prelude::*;

#[allow(dead_code, reason = "a test has no use for their `main`")]
#[path = "../examples/blog.rs"]
mod blog;
#[allow(dead_code, reason = "a test has no use for their `main`")]
#[path = "../examples/databases.rs"]
mod databases;
#[allow(dead_code, reason = "a test has no use for their `main`")]
#[path = "../examples/tour.rs"]
mod tour;

pub mod chinook;

use chinook::{load, questions, store};

on_every_backend! {
    async fn the_blog(db: Database) {
        blog::blog(db).await?;
    }

    async fn the_tour(db: Database) {
        tour::tour(db).await?;
    }

    /// All questions have the same answers on every database.
    async fn the_music_store(db: Database) {
        let loaded = load::load(db, &store()).await.unwrap();
        assert_eq!(loaded.rows, 72);
        let answers: Vec<_> = questions::ask(db).await?.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!("music_store", answers.join("\n"));
    }
}

on_servers! {
    async fn the_databases_by_name(fresh: Fresh) {
        let db = Database::builder().url(&fresh.url).bind("audit", "sqlite::memory:").open()?;
        databases::work(&databases::Store::of(db)).await?;
    }
}

#[tokio::test]
async fn the_databases_in_memory() -> orm::Result<()> {
    let db = Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open()?;
    databases::work(&databases::Store::of(db)).await
}

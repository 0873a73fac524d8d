//! The examples that need nothing but a database, on each of them.

#[allow(dead_code, reason = "a test has no use for their `main`")]
#[path = "../examples/blog.rs"]
mod blog;
#[allow(dead_code, reason = "a test has no use for their `main`")]
#[path = "../examples/tour.rs"]
mod tour;

on_every_backend! {
    async fn the_blog(db: Database) {
        blog::blog(db).await?;
    }

    async fn the_tour(db: Database) {
        tour::tour(db).await?;
    }
}

//! Runs the body of a test. Nothing here is generic: a runtime per test function would take a minute to compile.

use std::pin::Pin;

use orm::Result;

use super::{Fresh, mariadb, mysql, sqlite};

/// The future of a body.
type Body<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// A body that takes a fresh database.
type Check = for<'a> fn(&'a Fresh) -> Body<'a>;

pub fn on_sqlite(check: Check) {
    on_its_own(Box::pin(async move { end(sqlite().await, check).await }));
}

pub fn on_mariadb(check: Check) {
    on_its_own(Box::pin(async move { end(mariadb().await, check).await }));
}

pub fn on_mysql(check: Check) {
    on_its_own(Box::pin(async move { end(mysql().await, check).await }));
}

/// Removes the database even if the test returns an error; after a panic it is kept, for inspection.
async fn end(fresh: Fresh, check: Check) -> Result<()> {
    let result = check(&fresh).await;
    fresh.end().await;
    result
}

/// Runs a body in a single-threaded runtime.
pub fn on_its_own(body: Body<'_>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    if let Err(error) = runtime.block_on(body) {
        panic!("{error:?}");
    }
}

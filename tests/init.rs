//! The initial statements of connections to SQLite; for servers see `connecting`.

use orm::prelude::*;

use crate::support::sqlite;

async fn pragma(db: &Database, name: &str) -> orm::Result<i64> {
    orm::raw::sql_unchecked(&format!("PRAGMA {name}")).scalar(db).await
}

#[tokio::test]
async fn is_run_by_each_connection() -> orm::Result<()> {
    let fresh = sqlite().await;
    let init = format!(
        "PRAGMA cache_size = -1234; PRAGMA foreign_keys = OFF; ATTACH '{}.other' AS other",
        fresh.url.trim_start_matches("sqlite:")
    );
    let db = Database::builder().url(&fresh.url).option("init", init).open()?;
    let mut first = db.session();
    sql!("CREATE TABLE other.things (id INTEGER PRIMARY KEY)").execute(&mut first).await?;
    first.commit().await?;
    let mut holder = db.session();
    sql!("SELECT 1").execute(&mut holder).await?;
    assert_eq!(sql!("SELECT COUNT(*) FROM other.things").scalar::<i64>(&db).await?, 0);
    assert_eq!(db.pool_status().open, 2);
    // The settings that the driver relies on are applied after it.
    assert_eq!((pragma(&db, "cache_size").await?, pragma(&db, "foreign_keys").await?), (-1234, 1));
    fresh.end().await;
    Ok(())
}

#[tokio::test]
async fn that_fails_is_an_error_of_the_connection() -> orm::Result<()> {
    for (init, why) in [
        ("PRAGMA cache_size = 1; SELEKT 1", "near \"SELEKT\": syntax error"),
        ("BEGIN", "the option `init` leaves a transaction open"),
    ] {
        let db = Database::builder().url("sqlite::memory:").option("init", init).open()?;
        let error = db.ping().await.unwrap_err();
        assert!(error.is_connect() && error.to_string().contains(why), "{error}");
    }
    Ok(())
}

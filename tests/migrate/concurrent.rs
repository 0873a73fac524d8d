//! Several programs that run migrations concurrently.

use std::time::Duration;

use orm::prelude::*;
use orm_migrate::Migrations;

use super::run::two;
use super::tables;
use crate::support::Fresh;

/// Runs migrations through separate pools, as two programs have.
async fn at_once(fresh: &Fresh) -> orm::Result<()> {
    let (one, other) = (Database::open(&fresh.url)?, Database::open(&fresh.url)?);
    let (first, second) = (two()?, two()?);
    for _ in 0..5 {
        let (a, b) = tokio::join!(first.up(&one), second.up(&other));
        assert_eq!(a?.len() + b?.len(), 2);
        assert_eq!(tables(&fresh.db).await?, ["a", "b"]);
        assert_eq!(orm::raw::sql("SELECT count(*) FROM a").scalar::<i64>(&fresh.db).await?, 2);
        let (a, b) = tokio::join!(first.down(&one, 2), second.down(&other, 2));
        assert_eq!(a?.len() + b?.len(), 2);
        assert_eq!(tables(&fresh.db).await?, Vec::<String>::new());
    }
    Ok(())
}

#[test]
fn take_turns_on_sqlite() {
    crate::support::on_sqlite(|fresh| Box::pin(at_once(fresh)));
}

on_servers! {
    async fn take_turns(fresh: Fresh) {
        at_once(fresh).await?;
    }
}

/// Runs what another program does meanwhile that has the lock, too, on another node of a cluster, where named locks are
/// per node.
fn meanwhile(url: &str, sql: &'static str) {
    let url = url.to_owned();
    let other = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { orm::raw::sql(sql).execute(&Database::open(&url).unwrap()).await.unwrap() })
    });
    assert_eq!(other.join().unwrap(), 1);
}

on_servers! {
    async fn that_were_overtaken_run_nothing_further(fresh: Fresh) {
        let another_begins = "UPDATE orm_migrations SET begun = begun + 1";
        let another_is_done = "UPDATE orm_migrations SET begun = begun + 1, done = done + 1";
        let another_is_at_the_next = "INSERT INTO orm_migrations (name, checksum, way, steps, begun, done, at)
            SELECT '2_c', checksum, way, 1, 1, 0, at FROM orm_migrations";
        for (second, other) in [
            ("CREATE TABLE b (n INTEGER)", another_begins),
            ("CREATE TABLE b (n INTEGER)", another_is_done),
            ("INSERT INTO a VALUES (1)", another_is_done),
            ("DELETE FROM a", another_is_at_the_next),
        ] {
            let (script, url) = (format!("CREATE TABLE a (n INTEGER); {second}"), fresh.url.clone());
            let files = [("1_a/up.sql", script.as_str()), ("2_c/up.sql", "CREATE TABLE c (n INTEGER)")];
            let migrations = Migrations::from_files(files)?.on_progress(move |at| {
                if at.step == 2 {
                    meanwhile(&url, other);
                }
            });
            let error = migrations.up(&fresh.db).await.unwrap_err();
            assert!(error.is_interrupted(), "{second}, {other}: {error:?}");
            assert!(error.to_string().ends_with("another program has continued this migration in the meantime"), "{error}");
            assert_eq!(tables(&fresh.db).await?, ["a"], "{second}, {other}");
            assert_eq!(orm::raw::sql("SELECT count(*) FROM a").scalar::<i64>(&fresh.db).await?, 0);
            orm::raw::sql("DROP TABLE a, orm_migrations").execute(&fresh.db).await?;
        }
    }
}

on_every_backend! {
    async fn of_one_pool_take_turns(db: Database) {
        let migrations = two()?;
        let (one, other, third) = tokio::join!(migrations.up(db), migrations.up(db), migrations.up(db));
        let counts = [one?.len(), other?.len(), third?.len()];
        // On SQLite, they take turns for each migration.
        assert_eq!(counts.iter().sum::<usize>(), 2, "{counts:?}");
        assert_eq!(orm::raw::sql("SELECT count(*) FROM a").scalar::<i64>(db).await?, 2);
    }

    async fn wait_no_longer_than_they_may(db: Database) {
        let mut other = db.connection().await?;
        let take = if db.dialect().ddl.commits {
            "SELECT GET_LOCK(CONCAT('orm_migrations.', LEFT(SHA2(DATABASE(), 256), 40)), 0)"
        } else {
            "BEGIN IMMEDIATE"
        };
        other.execute(orm::raw::sql(take)).await?;
        let impatient = two()?.wait(Duration::ZERO);
        let stamped = impatient.stamp(db, "1_a").await.unwrap_err();
        for error in [impatient.up(db).await.unwrap_err(), stamped] {
            assert!(error.is_lock_timeout(), "{error:?}");
            assert_eq!(
                error.to_string(),
                "another program is running migrations, and did not finish within 0ns"
            );
        }
        drop(other);
        assert_eq!(two()?.up(db).await?.len(), 2);
    }
}

//! Several programs that run migrations at once.

use std::time::Duration;

use orm::prelude::*;

use super::run::two;
use super::tables;
use crate::support::Fresh;

/// Each with a pool of its own, as two programs have them.
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

on_every_backend! {
    async fn of_one_pool_take_turns(db: Database) {
        let migrations = two()?;
        let (one, other, third) = tokio::join!(migrations.up(db), migrations.up(db), migrations.up(db));
        let counts = [one?.len(), other?.len(), third?.len()];
        // On SQLite they take turns for each migration.
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
            assert_eq!(error.to_string(), "another program is running migrations, and was waited for 0ns");
        }
        drop(other);
        assert_eq!(two()?.up(db).await?.len(), 2);
    }
}

//! Isolation levels, read-only transactions and lock timeouts, and that none of them outlives its transaction.

use std::time::Duration;

use orm::driver::Isolation;
use orm::prelude::*;

use crate::support::models::*;

async fn rename(on: impl Executor<'_>, name: &str) -> orm::Result<u64> {
    User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(1)).execute(on).await
}

async fn name(on: impl Executor<'_>) -> orm::Result<String> {
    User::find(1).select(|u| u.name).one(on).await
}

/// What a transaction of a level reads of a change before it is committed, and after.
async fn reads(db: &Database, level: Isolation) -> orm::Result<[String; 2]> {
    let mut reader = db.transaction().isolation(level).session();
    name(&mut reader).await?;
    let mut writer = db.session();
    rename(&mut writer, "new").await?;
    let before = name(&mut reader).await?;
    writer.commit().await?;
    let after = name(&mut reader).await?;
    reader.commit().await?;
    rename(db, "old").await?;
    Ok([before, after])
}

on_servers! {
    async fn is_what_was_asked_for(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        rename(db, "old").await?;
        assert_eq!(reads(db, ReadUncommitted).await?, ["new", "new"]);
        assert_eq!(reads(db, ReadCommitted).await?, ["old", "new"]);
        assert_eq!(reads(db, RepeatableRead).await?, ["old", "old"]);
        // A serializable transaction locks what it reads.
        let mut reader = db.transaction().isolation(Serializable).session();
        name(&mut reader).await?;
        let mut writer = db.transaction().lock_timeout(Duration::from_secs(1)).session();
        assert!(rename(&mut writer, "new").await.unwrap_err().is_lock_timeout());
        reader.commit().await?;
        assert_eq!(rename(&mut writer, "new").await?, 1);
        writer.commit().await?;
    }

    async fn holds_although_the_first_statement_fails(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.transaction().isolation(ReadUncommitted).read_only().session();
        assert!(Employee::query().count(&mut s).await.unwrap_err().is_no_such_table());
        let mut writer = db.session();
        rename(&mut writer, "dirty").await?;
        assert_eq!(name(&mut s).await?, "dirty");
        assert!(rename(&mut s, "x").await.unwrap_err().is_permission_denied());
        writer.rollback().await?;
        s.rollback().await?;
    }

    async fn ends_with_its_transaction(fresh: Fresh) {
        let db = &Database::builder().url(&fresh.url).max_connections(1).open()?;
        shop(&fresh.db).await?;
        let special = || {
            db.transaction().isolation(ReadUncommitted).read_only().lock_timeout(Duration::from_secs(1))
        };
        let mut writer = fresh.db.session();
        rename(&mut writer, "dirty").await?;
        // Each on the one connection that there is: committed, rolled back, dropped, failed, and never begun.
        let mut s = special().session();
        assert_eq!(name(&mut s).await?, "dirty");
        s.commit().await?;
        let mut s = special().session();
        assert_eq!(name(&mut s).await?, "dirty");
        s.rollback().await?;
        let mut s = special().session();
        assert_eq!(name(&mut s).await?, "dirty");
        drop(s);
        let mut s = special().session();
        assert!(Employee::query().count(&mut s).await.is_err());
        s.rollback().await?;
        drop(special().session());
        for _ in 0..2 {
            let mut plain = db.session();
            assert_eq!(name(&mut plain).await?, "Ann");
            assert_eq!(User::update().set(|u| u.age.to(1)).filter(|u| u.id.eq(2)).execute(&mut plain).await?, 1);
            plain.rollback().await?;
        }
        // It waits for longer than that second again.
        let mut plain = db.session();
        let waits = tokio::time::timeout(Duration::from_millis(1500), rename(&mut plain, "x")).await;
        assert!(waits.is_err(), "{waits:?}");
        writer.rollback().await?;
    }
}

on_every_backend! {
    async fn of_a_read_only_transaction_is_one_moment(db: Database) {
        shop(db).await?;
        let mut s = db.transaction().isolation(RepeatableRead).read_only().session();
        assert_eq!(name(&mut s).await?, "Ann");
        rename(db, "Anna").await?;
        assert_eq!(name(&mut s).await?, "Ann");
        assert!(rename(&mut s, "x").await.unwrap_err().is_permission_denied());
        s.commit().await?;
        assert_eq!(name(&mut s).await?, "Anna");
        s.close().await?;
        // The same connections write again.
        assert_eq!(rename(db, "Ann").await?, 1);
        let mut s = db.session();
        assert_eq!(rename(&mut s, "An").await?, 1);
        s.commit().await?;
    }
}

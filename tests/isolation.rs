//! Isolation levels, of a database and of a transaction, read-only transactions and lock timeouts, and that none of
//! them outlives its transaction.

use std::time::Duration;

use orm::dialect::Dialect;
use orm::driver::{BoxFuture, Connection, Driver, Isolation};
use orm::prelude::*;

use crate::support::models::*;

async fn rename(on: impl Executor<'_>, name: &str) -> orm::Result<u64> {
    User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(1)).execute(on).await
}

async fn name(on: impl Executor<'_>) -> orm::Result<String> {
    User::find(1).select(|u| u.name).one(on).await
}

/// Returns what a transaction with this isolation level reads before a change is committed, and after.
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
        // Each on the single connection: committed, rolled back, dropped, failed, and never begun.
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
        // It waits longer than that one second again.
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
        // The same connections can write again.
        assert_eq!(rename(db, "Ann").await?, 1);
        let mut s = db.session();
        assert_eq!(rename(&mut s, "An").await?, 1);
        s.commit().await?;
    }
}

/// Returns the isolation level of the connection that a single statement runs on.
async fn level(on: impl Executor<'_>) -> orm::Result<String> {
    let mut on = on.on();
    let version: String = sql!("SELECT @@version").scalar(&mut on).await?;
    let mariadb = version.contains("MariaDB");
    let level = if mariadb { sql!("SELECT @@tx_isolation") } else { sql!("SELECT @@transaction_isolation") };
    level.scalar(on).await
}

on_servers! {
    async fn of_a_database_is_that_of_all_that_runs_on_it(fresh: Fresh) {
        shop(&fresh.db).await?;
        rename(&fresh.db, "old").await?;
        let own = level(&fresh.db).await?;
        let url = |options| format!("{}{}{options}", fresh.url, if fresh.url.contains('?') { '&' } else { '?' });
        let built = Database::builder().url(&fresh.url).isolation(ReadUncommitted).open()?;
        let by_url = Database::open(&url("isolation=read_uncommitted"))?;
        let with_init = Database::open(&url("isolation=read-uncommitted&init=SET%20@x%20=%201"))?;
        for db in [&built, &by_url, &with_init] {
            let mut writer = fresh.db.session();
            rename(&mut writer, "dirty").await?;
            assert_eq!((level(db).await?.as_str(), name(db).await?.as_str()), ("READ-UNCOMMITTED", "dirty"));
            let mut s = db.session();
            assert_eq!(name(&mut s).await?, "dirty");
            s.rollback().await?;
            assert_eq!(db.transaction().run(async |mut tx| name(&mut tx).await).await?, "dirty");
            let mut s = db.transaction().read_only().session();
            assert_eq!(name(&mut s).await?, "dirty");
            drop(s);
            // A transaction has its own level, and no other one has it.
            assert_eq!(reads_uncommitted(db, &mut writer, ReadCommitted).await?, ["old", "dirty"]);
            writer.rollback().await?;
            assert_eq!(reads(db, RepeatableRead).await?, ["old", "old"]);
        }
        assert_eq!(level(&fresh.db).await?, own);
        // The builder takes precedence.
        let db = Database::builder().url(url("isolation=serializable")).isolation(ReadCommitted).open()?;
        assert_eq!(level(&db).await?, "READ-COMMITTED");
    }

    async fn of_a_database_is_restored_after_a_connection_was_used_directly(fresh: Fresh) {
        let db = &Database::builder().url(&fresh.url).isolation(ReadCommitted).max_connections(1).open()?;
        let mut hand = db.connection().await?;
        hand.execute(sql!("SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE")).await?;
        assert_eq!(level(&mut hand).await?, "SERIALIZABLE");
        drop(hand);
        assert_eq!(level(db).await?, "READ-COMMITTED");
        // Nor does a transaction leave its own behind, however it ends.
        for _ in 0..2 {
            let mut s = db.transaction().isolation(Serializable).session();
            assert!(sql!("SELECT * FROM nothing").execute(&mut s).await.is_err());
            drop(s);
            assert_eq!(level(db).await?, "READ-COMMITTED");
        }
    }

    async fn of_one_database_is_not_that_of_another(fresh: Fresh) {
        let other = &fresh.url;
        let db = Database::builder()
            .url(&fresh.url)
            .isolation(ReadCommitted)
            .bind("plain", other)
            .bind_with("strict", other, |b| b.isolation(Serializable))
            .open()?;
        let own = level(&fresh.db).await?;
        let levels = (level(&db).await?, level(&db.on("plain")?).await?, level(&db.on("strict")?).await?);
        assert_eq!(levels, ("READ-COMMITTED".to_owned(), own, "SERIALIZABLE".to_owned()));
        let mut s = db.session();
        shop(&fresh.db).await?;
        assert_eq!(name(s.on("strict")?).await?, "Ann");
        // It has locked what it has read.
        let hasty = db.transaction().lock_timeout(Duration::from_secs(1));
        assert!(hasty.run(async |mut tx| rename(&mut tx, "x").await).await.unwrap_err().is_lock_timeout());
        s.rollback().await?;
    }
}

/// Returns what a transaction with this isolation level reads while a writer has changed a row, and what one without a
/// level reads.
async fn reads_uncommitted(
    db: &Database,
    writer: &mut Session,
    level: Isolation,
) -> orm::Result<[String; 2]> {
    rename(writer, "dirty").await?;
    let own = db.transaction().isolation(level).run(async |mut tx| name(&mut tx).await).await?;
    Ok([own, db.transaction().run(async |mut tx| name(&mut tx).await).await?])
}

/// A driver that was not opened by URL.
#[derive(Debug)]
struct Wrapped(Database);

impl Driver for Wrapped {
    fn dialect(&self) -> &Dialect {
        self.0.driver().dialect()
    }

    fn connect(&self) -> BoxFuture<'_, orm::Result<Box<dyn Connection>>> {
        self.0.driver().connect()
    }
}

#[tokio::test]
async fn of_a_database_is_serializable_or_nothing_in_sqlite() {
    let fresh = crate::support::sqlite().await;
    shop(&fresh.db).await.unwrap();
    let db = Database::builder().url(&fresh.url).isolation(Serializable).open().unwrap();
    assert_eq!(name(&db).await.unwrap(), "Ann");
    drop(db);
    for other in [ReadUncommitted, ReadCommitted, RepeatableRead] {
        let error = Database::builder().url(&fresh.url).isolation(other).open().unwrap_err();
        assert!(error.is_configuration(), "{error:?}");
        let says = format!(
            "the option `isolation` is `{other}`; SQLite has one level, which is serializable: leave it out"
        );
        assert_eq!(error.to_string(), says);
    }
    let error = Database::builder()
        .isolation(Serializable)
        .open_with(std::sync::Arc::new(Wrapped(fresh.db.clone())))
        .unwrap_err();
    assert!(
        error.is_configuration()
            && error.to_string().contains("configure the driver passed to `open_with` itself"),
        "{error}"
    );
    let error = Database::builder()
        .option("busy_timeout", "5s")
        .open_with(std::sync::Arc::new(Wrapped(fresh.db.clone())))
        .unwrap_err();
    assert!(
        error.is_configuration() && error.to_string().starts_with("the option `busy_timeout` only works for"),
        "{error}"
    );
    fresh.end().await;
}

#[test]
fn of_a_database_is_checked_before_anything_is_sent() {
    let wrong = |url: &str| Database::open(url).unwrap_err().to_string();
    let expected = "expected read_uncommitted, read_committed, repeatable_read or serializable";
    assert_eq!(
        wrong("mysql://root@localhost/app?isolation=dirty"),
        format!("the option `isolation` is `dirty`; {expected}")
    );
    assert!(wrong("mysql://root@localhost/app?tx_isolation=x").contains("it is called `isolation` here"));
    assert!(wrong("sqlite::memory:?isolation=none").contains("SQLite's only level"));
}

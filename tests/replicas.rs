//! Read replicas. Each replica here is a separate database, so that it is visible where a statement went.

use std::collections::BTreeSet;

use orm::prelude::*;
use orm::{DatabaseConfig, assert_statements};

use crate::support::models::{User, shop};
use crate::support::{Fresh, is_at_full_strength};

async fn named(fresh: &Fresh, name: &'static str) -> orm::Result<()> {
    shop(&fresh.db).await?;
    User::update().set(|u| u.name.to(name)).all_rows().execute(&fresh.db).await?;
    Ok(())
}

async fn name(on: impl Executor<'_>) -> orm::Result<String> {
    User::find(1).select(|u| u.name).one(on).await
}

async fn reads_and_writes(primary: Fresh, first: Fresh, second: Fresh) -> orm::Result<()> {
    named(&primary, "primary").await?;
    named(&first, "first").await?;
    named(&second, "second").await?;
    let builder = || Database::builder().url(&primary.url).replica(&first.url).replica(&second.url);
    let db = builder().open()?;
    assert_eq!(name(&db).await?, "primary");
    // New connections go to the servers in turn.
    let (mut one, mut other) = (db.replica().session(), db.replica().session());
    let names = BTreeSet::from([name(&mut one).await?, name(&mut other).await?]);
    assert_eq!(names, BTreeSet::from(["first".to_owned(), "second".to_owned()]));
    assert_eq!((db.pool_status().open, db.replica().pool_status().open), (1, 2));
    // Within a session it is a single server.
    assert_eq!(name(&mut one).await?, name(&mut one).await?);
    one.commit().await?;
    other.close().await?;
    // The logs and scopes of the database apply.
    assert_statements!(db, 1, name(&db.replica()).await)?;
    let none = db.scoped::<User>(|u| u.id.gt(99)).replica();
    assert_eq!(User::query().count(&none).await?, 0);
    // Replicas are read-only, for single statements and in transactions.
    let renamed = User::update().set(|u| u.name.to("x")).all_rows().execute(&db.replica()).await;
    assert!(renamed.as_ref().is_err_and(orm::Error::is_permission_denied), "{renamed:?}");
    assert!(
        renamed.as_ref().is_err_and(|error| error.to_string().contains("run changes on the primary")),
        "{renamed:?}"
    );
    let raw = sql!("DELETE FROM {@User}").execute(&db.replica()).await;
    assert!(raw.as_ref().is_err_and(orm::Error::is_permission_denied), "{raw:?}");
    let replica = db.replica();
    let committed = replica.transaction().run(async |tx| {
        let ann = tx.get::<User>(1).await?;
        tx[ann].name = "x".into();
        Ok(())
    });
    let committed = committed.await;
    assert!(committed.as_ref().is_err_and(orm::Error::is_permission_denied), "{committed:?}");
    // Nor over a connection that was used directly, whose settings may have been changed.
    for _ in 0..2 {
        let mut hand = replica.connection().await?;
        let raw = hand.execute(sql!("DELETE FROM {@User}")).await;
        assert!(raw.as_ref().is_err_and(orm::Error::is_permission_denied), "{raw:?}");
    }
    is_at_full_strength(&db.replica()).await?;
    assert_eq!(name(&first.db).await?, "first");
    User::update().set(|u| u.name.to("changed")).all_rows().execute(&db).await?;
    assert_eq!(name(&primary.db).await?, "changed");
    // Closing the database closes all of it.
    db.close();
    assert!(name(&db.replica()).await.unwrap_err().is_closed());
    for fresh in [primary, first, second] {
        fresh.end().await;
    }
    Ok(())
}

mod are_read_from_and_nothing_else {
    use crate::support;

    #[tokio::test]
    async fn sqlite() -> orm::Result<()> {
        super::reads_and_writes(support::sqlite().await, support::sqlite().await, support::sqlite().await)
            .await
    }

    #[tokio::test]
    #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
    async fn mariadb() -> orm::Result<()> {
        super::reads_and_writes(support::mariadb().await, support::mariadb().await, support::mariadb().await)
            .await
    }

    #[tokio::test]
    #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
    async fn mysql() -> orm::Result<()> {
        super::reads_and_writes(support::mysql().await, support::mysql().await, support::mysql().await).await
    }
}

on_servers! {
    async fn that_are_down_are_skipped(fresh: Fresh) {
        named(fresh, "here").await?;
        let scheme = fresh.url.split_once("://").unwrap().0;
        // Nothing listens there.
        let away = format!("{scheme}://root@127.0.0.1:1/app");
        let db = Database::builder().url(&fresh.url).replica(&away).replica(&fresh.url).max_connections(4).open()?;
        let replica = db.replica();
        let mut sessions: Vec<Session> = (0..4).map(|_| replica.session()).collect();
        for session in &mut sessions {
            assert_eq!(name(session).await?, "here");
        }
        drop(sessions);
        let db = Database::builder().url(&fresh.url).replica(&away).replica(&away).open()?;
        let error = name(&db.replica()).await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        let text = error.to_string();
        assert!(text.starts_with("none of the replicas can be reached: cannot connect to `root@127.0.0.1:1/app`: "), "{text}");
        assert_eq!(error.bind(), Some("replica"));
        assert_eq!(name(&db).await?, "here");
    }

    async fn of_another_database_are_its_own(fresh: Fresh) {
        named(fresh, "audit").await?;
        let file = serde_json::json!({
            "url": "sqlite::memory:",
            "binds": { "audit": { "url": "mysql://nobody@127.0.0.1:1/app", "replicas": [fresh.url], "max_connections": 2 } },
        });
        let config: DatabaseConfig = serde_json::from_value(file).unwrap();
        let db = Database::builder().config(config).open()?;
        let audit = db.on("audit")?;
        assert_eq!(name(&audit.replica()).await?, "audit");
        assert_eq!(name(&db.replica().on("audit")?).await?, "audit");
        assert!(name(&audit).await.unwrap_err().is_connect());
        assert_eq!(audit.replica().pool_status().max, 2);
        // Without replicas, it is the database itself.
        assert_eq!(sql!("SELECT 1").scalar::<i64>(&db.replica()).await?, 1);
    }
}

#[test]
fn are_named_in_the_environment_too() {
    let config = DatabaseConfig::from_variables([
        ("DATABASE_URL", "sqlite::memory:"),
        ("DATABASE_REPLICAS", "sqlite:a.db?max_connections=7  sqlite:b.db"),
    ]);
    let db = Database::builder().config(config.unwrap()).open().unwrap();
    assert_eq!((db.pool_status().max, db.replica().pool_status().max), (1, 7));
    let missing = DatabaseConfig::from_variables([
        ("DATABASE_URL", "sqlite::memory:"),
        ("DATABASE_REPLICAS_AUDIT", "x"),
    ]);
    let text = missing.unwrap_err().to_string();
    assert!(text.starts_with("the variable `DATABASE_REPLICAS_AUDIT` is for the database `audit`, but `DATABASE_URL_AUDIT` is not set"), "{text}");
    let wrong =
        Database::builder().url("sqlite::memory:").replica("sqlite:a.db?mode=rwc").open().unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "the options `mode` and `read_only=true` contradict each other (database `replica`)"
    );
    let bind = Database::builder().url("sqlite::memory:");
    let bind =
        bind.bind_with("audit", "sqlite::memory:", |audit| audit.replica("sqlite:a.db?max_connections=0"));
    assert_eq!(bind.open().unwrap_err().bind(), Some("audit replica"));
}

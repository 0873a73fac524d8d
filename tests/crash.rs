//! Servers that really hang, are killed, and are restarted. `outage.rs` covers finer steps, simulated by a proxy.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use orm::prelude::*;

use crate::support::models::*;
use crate::support::{Fresh, OwnServer, is_as_new, is_at_full_strength, is_not_in_vain};

/// Commits survive the death of the server process, but not of the machine.
pub const DURABLE: [&str; 2] = ["innodb-flush-log-at-trx-commit=2", "innodb-doublewrite=1"];

async fn rename(on: impl Executor<'_>, id: u64, name: &str) -> orm::Result<u64> {
    User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(id)).execute(on).await
}

async fn names(db: &Database) -> orm::Result<Vec<String>> {
    User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(db).await
}

/// Statements wait; abandoned transactions are rolled back.
async fn stand_still(server: &mut OwnServer, fresh: &Fresh) -> orm::Result<()> {
    let db = &Database::open(&format!("{}?connect_timeout=3", fresh.url))?;
    let mut given_up = db.session();
    rename(&mut given_up, 1, "given up").await?;
    let mut late = db.session();
    rename(&mut late, 2, "late").await?;
    server.pause().await;
    let patience = Duration::from_millis(100);
    assert!(tokio::time::timeout(patience, rename(&mut given_up, 3, "given up")).await.is_err());
    drop(given_up);
    let started = Instant::now();
    let error = User::query().count(db).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    is_not_in_vain(started);
    let (committed, ()) = tokio::join!(late.commit(), async {
        tokio::time::sleep(patience).await;
        server.resume().await;
    });
    committed?;
    is_as_new(db, fresh).await?;
    assert_eq!(names(db).await?, ["Ann", "late", "Cid"]);
    Ok(())
}

/// Statements fail, and commits are in doubt, until the server is back; committed changes are there, and nothing else.
async fn go_and_come_back(server: &mut OwnServer, fresh: &Fresh) -> orm::Result<()> {
    let db = &fresh.db;
    is_at_full_strength(db).await?;
    let mut s = db.session();
    rename(&mut s, 1, "lost").await?;
    let mut committing = db.session();
    rename(&mut committing, 2, "lost").await?;
    let mut pending = db.session();
    let cid = pending.get::<User>(3).await?;
    pending[cid].name = "flushed again".into();
    pending.flush().await?;
    assert_eq!(rename(db, 1, "there").await.unwrap_err().kind(), ErrorKind::LockTimeout);
    server.kill().await;
    assert!(rename(&mut s, 3, "lost").await.unwrap_err().is_connection_lost());
    assert!(rename(&mut s, 3, "lost").await.unwrap_err().is_transaction_dead());
    assert!(committing.commit().await.unwrap_err().is_commit_in_doubt());
    for _ in 0..20 {
        let error = rename(db, 3, "lost").await.unwrap_err();
        assert!(error.is_connect() || error.is_connection_lost(), "{error:?}");
    }
    server.restart().await;
    s.rollback().await?;
    assert_eq!(rename(&mut s, 1, "there").await?, 1);
    s.commit().await?;
    // The unit of work still knows what was to be written.
    pending.rollback().await?;
    pending.commit().await?;
    is_as_new(db, fresh).await?;
    assert_eq!(names(db).await?, ["there", "late", "flushed again"]);
    Ok(())
}

on_own_servers! {
    async fn servers_stand_still_and_go_and_come_back(backend: &str) {
        let mut server = OwnServer::start(backend, &[&DURABLE[..], &["innodb-lock-wait-timeout=1"]].concat()).await;
        let fresh = server.fresh().await;
        shop(&fresh.db).await?;
        stand_still(&mut server, &fresh).await?;
        go_and_come_back(&mut server, &fresh).await?;
        fresh.end().await;
        server.end().await;
    }

    async fn prepared_statements_are_closed_where_there_is_no_room_for_others(backend: &str) {
        let server = OwnServer::start(backend, &["max-prepared-stmt-count=4"]).await;
        let fresh = server.fresh().await;
        let number = |number: i64| orm::raw::sql_unchecked(&format!("SELECT {number}"));
        let mut s = fresh.db.session();
        for expected in 0..20 {
            assert_eq!(number(expected).scalar::<i64>(&mut s).await?, expected);
        }
        // The others hold all of them: there is nothing to close.
        let error = number(7).scalar::<i64>(&fresh.db).await.unwrap_err();
        assert!(error.is_server() && error.to_string().contains("lower `statement_cache`"), "{error:?}");
        s.commit().await?;
        fresh.end().await;
        server.end().await;
    }

    async fn a_lock_that_is_not_given_in_time_may_end_the_transaction(backend: &str) {
        let server =
            OwnServer::start(backend, &["innodb-rollback-on-timeout=ON", "innodb-lock-wait-timeout=1"]).await;
        let fresh = server.fresh().await;
        let db = &fresh.db;
        shop(db).await?;
        let mut holder = db.session();
        rename(&mut holder, 1, "held").await?;
        let mut s = db.session();
        rename(&mut s, 2, "lost").await?;
        let error = rename(&mut s, 1, "lost").await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Serialization, Some(1205)));
        assert!(error.is_retryable() && error.to_string().contains("innodb_rollback_on_timeout"), "{error}");
        // A statement sent now would be committed on its own.
        assert!(rename(&mut s, 3, "lost").await.unwrap_err().is_transaction_dead());
        assert!(s.commit().await.unwrap_err().is_transaction_dead());
        s.rollback().await?;
        // Without a transaction there is nothing to end.
        assert_eq!(rename(db, 1, "lost").await.unwrap_err().kind(), ErrorKind::LockTimeout);
        let attempts = AtomicU32::new(0);
        let (renamed, committed) = tokio::join!(
            db.transaction().retry(5).run(async |mut tx| {
                attempts.fetch_add(1, Ordering::Relaxed);
                rename(&mut tx, 2, "again").await?;
                rename(&mut tx, 1, "again").await
            }),
            async {
                while attempts.load(Ordering::Relaxed) < 2 {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                holder.commit().await
            }
        );
        committed?;
        assert_eq!(renamed?, 1);
        assert_eq!(names(db).await?, ["again", "again", "Cid"]);
        fresh.end().await;
        server.end().await;
    }
}

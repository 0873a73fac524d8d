//! The connection pool.

use std::time::Duration;

use orm::prelude::*;
use orm::sql;

use crate::support::models::*;
use crate::support::{Fresh, connections};

on_every_backend! {
    async fn is_lazy_and_gives_connections_back(db: Database) {
        assert_eq!(db.pool_status().open, 0);
        db.ping().await?;
        assert_eq!((db.pool_status().open, db.pool_status().idle), (1, 1));
        shop(db).await?;
        assert_eq!((db.pool_status().open, db.pool_status().idle), (1, 1));
    }

    async fn serves_more_tasks_than_it_has_connections(db: Database) {
        shop(db).await?;
        let tasks: Vec<_> = (0..100u64)
            .map(|number| {
                let db = db.clone();
                tokio::spawn(async move {
                    if number % 2 == 0 {
                        return User::query().count(&db).await;
                    }
                    let mut s = db.session();
                    let count = User::query().count(&mut s).await?;
                    s.commit().await.map(|()| count)
                })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap()?, 3);
        }
        let status = db.pool_status();
        assert!(status.open <= status.max && status.open == status.idle, "{status:?}");
    }

    async fn refuses_after_it_was_closed(db: Database) {
        shop(db).await?;
        let other = db.clone();
        other.close();
        let error = User::query().count(db).await.unwrap_err();
        assert!(error.is_closed(), "{error:?}");
    }

    async fn never_reuses_a_connection_that_was_cut_off(db: Database) {
        shop(db).await?;
        for number in 0..50u64 {
            let db = db.clone();
            let task = tokio::spawn(async move {
                loop {
                    // Each answer differs from the previous one: a stale one would be wrong.
                    for number in 0..50i64 {
                        let sum = User::query().limit(1).select(|u| u.id.mul(0u64).add(number as u64)).one(&db).await;
                        assert_eq!(sum.unwrap(), number as u64);
                    }
                    tokio::task::yield_now().await;
                }
            });
            tokio::time::sleep(Duration::from_micros(100 + number * 37 % 900)).await;
            task.abort();
            assert!(task.await.unwrap_err().is_cancelled());
        }
        assert_eq!(User::query().count(db).await?, 3);
    }
}

on_servers! {
    async fn prefers_connections_with_the_right_settings(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        // How often each connection's settings were changed, according to the connection itself.
        let set = || sql!("SHOW SESSION STATUS LIKE 'Com_set_option'");
        let mut s = db.session();
        User::query().count(&mut s).await?;
        let alone: (String, String) = set().one(db).await?;
        let inside: (String, String) = set().one(&mut s).await?;
        s.commit().await?;
        for _ in 0..10 {
            assert_eq!(set().one::<(String, String)>(db).await?, alone);
            assert_eq!(set().one::<(String, String)>(&mut s).await?, inside);
            s.commit().await?;
        }
        assert_eq!(db.pool_status().open, 2);
    }

    async fn never_has_more_connections_than_it_may(fresh: Fresh) {
        shop(&fresh.db).await?;
        fresh.db.close();
        crate::support::becomes_alone(fresh).await;
        let db = Database::builder().url(&fresh.url).max_connections(15).open()?;
        let tasks: Vec<_> = (0..200u64)
            .map(|number| {
                let db = db.clone();
                tokio::spawn(async move {
                    for round in 0..5 {
                        if (number + round) % 2 == 0 {
                            assert_eq!(User::query().count(&db).await?, 3);
                            continue;
                        }
                        let mut s = db.session();
                        User::query().count(&mut s).await?;
                        tokio::task::yield_now().await;
                        s.commit().await?;
                    }
                    orm::Result::Ok(())
                })
            })
            .collect();
        let mut admin = fresh.admin().await;
        let mut most = 0;
        while tasks.iter().any(|task| !task.is_finished()) {
            most = most.max(connections(&mut admin, fresh).await.len());
        }
        admin.disconnect().await.unwrap();
        for task in tasks {
            task.await.unwrap()?;
        }
        assert!((1..=15).contains(&most), "{most}");
        assert_eq!((db.pool_status().open, db.pool_status().idle), (15, 15));
    }
}

#[tokio::test]
async fn times_out_with_a_reason() {
    let db =
        Database::builder().url("sqlite::memory:").wait_timeout(Duration::from_millis(50)).open().unwrap();
    shop(&db).await.unwrap();
    let mut s = db.session();
    User::query().count(&mut s).await.unwrap();
    let error = User::query().count(&db).await.unwrap_err();
    assert!(error.is_pool_timeout());
    assert_eq!(
        error.to_string(),
        "no connection of the pool became free within 50ms: the only one is in use; a task that has a session open must \
         run its statements on `&mut session`, since on `&db` it waits for itself; otherwise raise `max_connections`, except \
         for `sqlite::memory:` and test databases, or look for slow statements and for a server that does not answer"
    );
    s.commit().await.unwrap();
    assert_eq!(User::query().count(&db).await.unwrap(), 3);
}

/// Both of two connections are in use: the first task times out while others wait.
async fn timeouts(fresh: &Fresh) -> orm::Result<()> {
    let wait = Duration::from_millis(200);
    let db = Database::builder().url(&fresh.url).max_connections(2).wait_timeout(wait).open()?;
    let _in_use = (db.connection().await?, db.connection().await?);
    let message = async || db.ping().await.unwrap_err().to_string();
    let later = async || {
        tokio::time::sleep(wait / 4).await;
        message().await
    };
    let alone = message().await;
    let (before_one, _) = tokio::join!(message(), later());
    let (before_two, ..) = tokio::join!(message(), later(), later());
    for (message, said) in [
        (alone, "all 2 are in use; raise"),
        (before_one, "all 2 are in use and 1 more task is waiting; raise"),
        (before_two, "all 2 are in use and 2 more tasks are waiting; raise"),
    ] {
        assert!(message.contains(said), "{message}");
    }
    Ok(())
}

#[test]
fn a_timeout_counts_the_others_that_wait() {
    crate::support::on_sqlite(|fresh| Box::pin(timeouts(fresh)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_can_tell_the_runtime_that_it_blocks() {
    let db = Database::open("sqlite::memory:?blocking=true").unwrap();
    assert_eq!(shop(&db).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_runtime_of_one_thread_is_blocked_all_the_same() {
    let db = Database::open("sqlite::memory:?blocking=true").unwrap();
    assert_eq!(shop(&db).await.unwrap().len(), 3);
}

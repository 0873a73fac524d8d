//! Runtimes that end before the work begun in them.

use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use orm::prelude::*;
use tokio::runtime::{Builder, Runtime};

use crate::support::models::*;
use crate::support::{becomes_quiet, is_not_in_vain};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn rename(on: impl Executor<'_>, name: &str) -> orm::Result<u64> {
    User::update().set(|u| u.name.to(name)).all_rows().execute(on).await
}

/// Runs something on a thread without a runtime, as `main` may.
async fn outside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::spawn(work);
    tokio::task::spawn_blocking(|| thread.join().unwrap()).await.unwrap()
}

on_every_backend! {
    async fn sessions_that_outlive_them_roll_back(db: Database) {
        shop(db).await?;
        let other = db.clone();
        outside(move || {
            let (first, second) = (runtime(), runtime());
            let mut s = other.session();
            first.block_on(rename(&mut s, "lost")).unwrap();
            drop(first);
            // A connection that was opened in a runtime which is gone counts as lost.
            let further = second.block_on(rename(&mut s, "lost"));
            assert!(further.is_ok() || further.unwrap_err().is_connection_lost());
            drop(second);
            drop(s);
        })
        .await;
        let started = Instant::now();
        assert_eq!(rename(db, "there").await?, 3);
        is_not_in_vain(started);
    }

    async fn none_at_all_is_an_error(db: Database) {
        let url = if db.dialect().name == "SQLite" { "sqlite::memory:" } else { "mysql://root@127.0.0.1:1/app" };
        let fresh = Database::open(url)?;
        let polled = outside(move || {
            let mut count = Box::pin(User::query().count(&fresh).into_future());
            match count.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(counted) => counted.err().map(|error| error.to_string()),
                Poll::Pending => None,
            }
        })
        .await;
        assert!(polled.is_some_and(|error| error.starts_with("there is no tokio runtime here")));
    }

    async fn other_tasks_run_between_statements(db: Database) {
        shop(db).await?;
        let endless = async {
            loop {
                User::query().count(db).await?;
            }
        };
        let ended: Result<orm::Result<()>, _> = tokio::time::timeout(Duration::from_millis(50), endless).await;
        assert!(ended.is_err(), "{ended:?}");
    }
}

on_servers! {
    async fn connections_that_outlive_them_are_replaced(fresh: Fresh) {
        shop(&fresh.db).await?;
        // With connections of its own: one that is idle in the runtime of this test would be taken first.
        let db = Database::open(&fresh.url)?;
        let other = db.clone();
        outside(move || {
            // As with a `static` that tests share, each of which has a runtime of its own.
            for several in [false, true, false, true, false] {
                let runtime = if several { Builder::new_multi_thread().enable_all().build().unwrap() } else { runtime() };
                assert_eq!(runtime.block_on(User::query().count(&other)).unwrap(), 3);
            }
        })
        .await;
        assert_eq!(User::query().count(&db).await?, 3);
        assert_eq!(db.pool_status().idle, db.pool_status().open);
    }

    async fn connections_of_one_that_stands_still_are_not_waited_for(fresh: Fresh) {
        shop(&fresh.db).await?;
        let other = Database::open(&fresh.url)?;
        outside(move || {
            let (first, second) = (runtime(), runtime());
            for runtime in [&first, &second, &first] {
                let count = async { tokio::time::timeout(Duration::from_secs(20), User::query().count(&other)).await };
                assert_eq!(runtime.block_on(count).expect("waits in vain").unwrap(), 3);
            }
        })
        .await;
    }

    async fn sessions_that_outlive_them_are_told(fresh: Fresh) {
        shop(&fresh.db).await?;
        let other = fresh.db.clone();
        outside(move || {
            let (first, second) = (runtime(), runtime());
            let mut s = other.session();
            first.block_on(rename(&mut s, "lost")).unwrap();
            drop(first);
            let error = second.block_on(rename(&mut s, "lost")).unwrap_err();
            assert!(error.is_connection_lost(), "{error:?}");
            assert!(error.to_string().starts_with("the connection was opened in a tokio runtime that has ended"), "{error}");
        })
        .await;
    }

    async fn statements_that_outlive_them_are_given_up(fresh: Fresh) {
        let db = fresh.db.clone();
        outside(move || {
            let runtime = runtime();
            let mut slow = Box::pin(sql!("SELECT SLEEP(1)").scalar::<i64>(&db));
            let patience = Duration::from_millis(100);
            assert!(runtime.block_on(async { tokio::time::timeout(patience, &mut slow).await }).is_err());
            drop(runtime);
        })
        .await;
        becomes_quiet(fresh).await;
        assert_eq!(sql!("SELECT 1").scalar::<i64>(&fresh.db).await?, 1);
    }
}

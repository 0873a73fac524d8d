//! Runtimes that end before the work begun in them.

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

    async fn connections_that_outlive_them_are_replaced(db: Database) {
        shop(db).await?;
        let other = db.clone();
        let errors = outside(move || {
            let count = |db: &Database| runtime().block_on(User::query().count(db));
            (0..10).filter_map(|_| count(&other).map(|count| assert_eq!(count, 3)).err()).collect::<Vec<_>>()
        })
        .await;
        assert!(errors.iter().all(orm::Error::is_connection_lost), "{errors:?}");
        // One for each lost connection.
        assert!(errors.len() <= 5, "{errors:?}");
        assert_eq!(db.pool_status().idle, db.pool_status().open);
    }
}

on_servers! {
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

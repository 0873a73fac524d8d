//! Transactions as closures.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use orm::prelude::*;

use crate::support::models::*;

#[derive(Debug)]
enum AppError {
    #[allow(dead_code, reason = "told by Debug")]
    Db(orm::Error),
    TooPoor,
}

impl From<orm::Error> for AppError {
    fn from(error: orm::Error) -> Self {
        AppError::Db(error)
    }
}

async fn service(db: Database, name: String) -> Result<i64, AppError> {
    let n = db
        .transaction()
        .retry(3)
        .try_run(async |mut tx| -> Result<i64, AppError> {
            Ok(User::query().filter(|u| u.name.eq(&name)).count(&mut tx).await?)
        })
        .await?;
    let m = db
        .transaction()
        .run(async |mut tx| {
            let n = User::query().count(&mut tx).await?;
            Ok(n)
        })
        .await?;
    Ok(n + m)
}

on_every_backend! {
    async fn commit_on_ok_and_roll_back_on_err(db: Database) {
        shop(db).await?;
        let deleted = db.transaction().run(async |mut tx| {
            let n = User::delete().filter(|u| u.name.eq("Cid")).execute(&mut tx).await?;
            Ok(n)
        }).await?;
        assert_eq!(deleted, 1);
        let result = db.transaction().try_run(async |mut tx| -> Result<(), AppError> {
            User::delete().all_rows().execute(&mut tx).await?;
            Err(AppError::TooPoor)
        }).await;
        assert!(matches!(result, Err(AppError::TooPoor)));
        let result = db.transaction().run(async |mut tx| {
            User::delete().all_rows().execute(&mut tx).await?;
            User::find(999).one(&mut tx).await
        }).await;
        assert!(result.unwrap_err().is_not_found());
        assert_eq!(User::query().count(db).await?, 2);
    }

    async fn run_in_spawned_tasks_and_borrow_what_they_capture(db: Database) {
        shop(db).await?;
        let task = tokio::spawn(service(db.clone(), "Ann".to_owned()));
        assert_eq!(task.await.unwrap().unwrap(), 4);
        let mut seen = 0;
        db.transaction().run(async |mut tx| { seen = User::query().count(&mut tx).await?; Ok(()) }).await?;
        assert_eq!(seen, 3);
    }

    async fn roll_back_on_panic_and_on_cancellation(db: Database) {
        shop(db).await?;
        let panicking = db.clone();
        let task = tokio::spawn(async move {
            panicking.transaction().run(async |mut tx| -> orm::Result<()> {
                User::delete().all_rows().execute(&mut tx).await?;
                panic!("on purpose");
            }).await
        });
        assert!(task.await.unwrap_err().is_panic());
        let hanging = db.clone();
        let task = tokio::spawn(async move {
            hanging.transaction().run(async |mut tx| -> orm::Result<()> {
                User::delete().all_rows().execute(&mut tx).await?;
                std::future::pending().await
            }).await
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(User::query().count(db).await?, 3);
        assert_eq!(User::update().set(|u| u.age.to(1)).all_rows().execute(db).await?, 3);
    }
}

/// Two transactions that take two rows in opposite order, until the server gives one up.
async fn deadlock(db: &Database) -> orm::Result<(u32, Vec<orm::Error>)> {
    shop(db).await?;
    let barrier = Arc::new(tokio::sync::Barrier::new(2));
    let attempts = Arc::new(AtomicU32::new(0));
    let task = |first: u64, second: u64| {
        let (db, barrier, attempts) = (db.clone(), barrier.clone(), attempts.clone());
        tokio::spawn(async move {
            let bump = |id: u64| User::update().set(|u| u.age.to(5)).filter(move |u| u.id.eq(id));
            db.transaction()
                .retry(3)
                .run(async |mut tx| {
                    let attempt = attempts.fetch_add(1, Ordering::SeqCst);
                    bump(first).execute(&mut tx).await?;
                    if attempt < 2 {
                        barrier.wait().await;
                    }
                    // Swallowed by the application, it still counts.
                    let _ = bump(second).execute(&mut tx).await;
                    bump(first).execute(&mut tx).await?;
                    Ok(())
                })
                .await
        })
    };
    let (one, two) = (task(1, 2), task(2, 1));
    let errors = [one.await.unwrap(), two.await.unwrap()].into_iter().filter_map(Result::err).collect();
    Ok((attempts.load(Ordering::SeqCst), errors))
}

// SQLite has no deadlocks: its sessions take turns.
on_servers! {
    async fn are_run_again_after_a_deadlock(fresh: Fresh) {
        let db = &fresh.db;
        let (attempts, errors) = deadlock(db).await?;
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(attempts, 3);
        // A session that met one refuses statements until it is rolled back.
        let mut one = db.session();
        let mut two = db.session();
        let bump = |id: u64| User::update().set(|u| u.age.to(6)).filter(move |u| u.id.eq(id));
        bump(1).execute(&mut one).await?;
        bump(2).execute(&mut two).await?;
        let waiting = tokio::spawn(async move { (bump(2).execute(&mut one).await, one) });
        tokio::time::sleep(Duration::from_millis(100)).await;
        let second = bump(1).execute(&mut two).await;
        let (first, mut one) = waiting.await.unwrap();
        let (error, dead) = match (first, second) {
            (Err(error), Ok(_)) => (error, &mut one),
            (Ok(_), Err(error)) => (error, &mut two),
            both => panic!("one of them had to be given up: {both:?}"),
        };
        assert!(error.is_deadlock(), "{error:?}");
        let refused = bump(3).execute(&mut *dead).await.unwrap_err();
        assert!(refused.is_transaction_dead(), "{refused:?}");
        assert!(dead.commit().await.unwrap_err().is_transaction_dead());
        dead.rollback().await?;
        assert_eq!(bump(3).execute(&mut *dead).await?, 1);
    }
}

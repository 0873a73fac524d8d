//! Transactions that are retried, or must not be.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use orm::prelude::*;

use crate::support::kill_all;
use crate::support::models::*;

/// Runs two transactions that lock two rows in opposite order, until the server chooses a victim.
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
                    // Even if the application ignores the error, it counts.
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
        // After a deadlock, a session rejects statements until it is rolled back.
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
        assert!(error.is_deadlock() && error.to_string().contains("`db.transaction().retry(3).run(..)`"), "{error:?}");
        let refused = bump(3).execute(&mut *dead).await.unwrap_err();
        assert!(refused.is_transaction_dead(), "{refused:?}");
        assert!(dead.commit().await.unwrap_err().is_transaction_dead());
        dead.rollback().await?;
        assert_eq!(bump(3).execute(&mut *dead).await?, 1);
    }
}

on_servers! {
    async fn are_not_run_again_after_a_commit_in_doubt(fresh: Fresh) {
        shop(&fresh.db).await?;
        let attempts = AtomicU32::new(0);
        let result = fresh.db.transaction().retry(5).run(async |mut tx| {
            attempts.fetch_add(1, Ordering::SeqCst);
            User::delete().filter(|u| u.name.eq("Cid")).execute(&mut tx).await?;
            kill_all(fresh).await;
            Ok(())
        }).await;
        assert!(result.unwrap_err().is_commit_in_doubt());
        assert_eq!(attempts.into_inner(), 1);
    }

    async fn are_not_run_again_after_a_lock_was_refused(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut holder = db.session();
        User::update().set(|u| u.name.to("x")).filter(|u| u.id.eq(1)).execute(&mut holder).await?;
        let attempts = AtomicU32::new(0);
        let impatient = db.transaction().lock_timeout(Duration::from_secs(1)).retry(5).run(async |mut tx| {
            attempts.fetch_add(1, Ordering::SeqCst);
            User::update().set(|u| u.name.to("y")).filter(|u| u.id.eq(1)).execute(&mut tx).await
        });
        let error = impatient.await.unwrap_err();
        assert!(error.is_lock_timeout() && !error.is_retryable(), "{error:?}");
        let at_once = db.transaction().retry(5).run(async |mut tx| {
            attempts.fetch_add(1, Ordering::SeqCst);
            User::query().filter(|u| u.id.eq(1)).for_update().nowait().all(&mut tx).await
        });
        let error = at_once.await.unwrap_err();
        assert!(error.is_lock_timeout() && !error.is_retryable(), "{error:?}");
        assert_eq!(attempts.into_inner(), 2);
        holder.commit().await?;
    }
}

on_every_backend! {
    async fn are_not_run_again_after_errors_of_their_own(db: Database) {
        shop(db).await?;
        let attempts = AtomicU32::new(0);
        let result = db.transaction().retry(5).run(async |mut tx| {
            attempts.fetch_add(1, Ordering::SeqCst);
            User::insert().email("ann@example.org").name("Again").execute(&mut tx).await
        }).await;
        assert!(result.unwrap_err().is_unique_violation());
        assert_eq!(attempts.into_inner(), 1);
    }
}

/// Makes a user a year older, with a conflicting change between the two statements of the first `conflicts` attempts.
async fn grow_older(mut tx: &mut Transaction, attempts: &AtomicU32, conflicts: u32) -> orm::Result<()> {
    let ann = tx.get::<User>(1).await?;
    if attempts.fetch_add(1, Ordering::SeqCst) < conflicts {
        sql!("UPDATE {@User} SET age = 99, version = version + 1 WHERE id = 1").execute(&mut tx).await?;
    }
    tx[ann].age = tx[ann].age.map(|age| age + 1);
    Ok(())
}

#[derive(Debug)]
struct Refused(#[allow(dead_code, reason = "is printed")] String);

impl From<orm::Error> for Refused {
    fn from(error: orm::Error) -> Self {
        Refused(error.to_string())
    }
}

on_every_backend! {
    async fn are_run_again_after_a_stale_row_if_that_is_asked_for(db: Database) {
        shop(db).await?;
        let attempts = AtomicU32::new(0);
        let run = async |tx: &mut Transaction| grow_older(tx, &attempts, 2).await;
        let error = db.transaction().retry(5).run(run).await.unwrap_err();
        assert!(error.is_stale() && !error.is_retryable(), "{error:?}");
        assert_eq!(attempts.swap(0, Ordering::SeqCst), 1);
        db.transaction().retry(5).retry_stale().run(run).await?;
        assert_eq!(attempts.swap(0, Ordering::SeqCst), 3);
        // The changes of the first attempts were rolled back.
        assert_eq!(User::find(1).one(db).await?.age, Some(42));
        // No more often than requested.
        let error = db.transaction().retry(1).retry_stale().run(run).await.unwrap_err();
        assert!(error.is_stale(), "{error:?}");
        assert_eq!(attempts.into_inner(), 2);
        assert_eq!(User::find(1).one(db).await?.age, Some(42));
    }

    async fn are_run_again_after_a_stale_row_that_went_or_was_told_as_another_error(db: Database) {
        shop(db).await?;
        let attempts = AtomicU32::new(0);
        let rename = async |mut tx: &mut Transaction| -> Result<(), Refused> {
            let version = if attempts.fetch_add(1, Ordering::SeqCst) < 2 { 7 } else { 1 };
            User::update_by(3).version(version).set(|u| u.name.to("x")).execute(&mut tx).await?;
            Ok(())
        };
        let error = db.transaction().retry(5).try_run(rename).await.unwrap_err();
        assert!(error.0.contains("was changed or deleted since it was read"), "{error:?}");
        db.transaction().retry(5).retry_stale().try_run(rename).await.unwrap();
        assert_eq!(attempts.swap(0, Ordering::SeqCst), 3);
        let delete = async |tx: &mut Transaction| {
            let version = if attempts.fetch_add(1, Ordering::SeqCst) == 0 { 7 } else { 2 };
            tx.savepoint(async |mut tx| User::delete_by(3).version(version).returning(&mut tx).await).await
        };
        let gone = db.transaction().retry(5).retry_stale().run(delete).await?;
        assert_eq!((gone[0].name.as_str(), attempts.into_inner()), ("x", 2));
    }

    async fn are_not_run_again_after_other_errors_where_stale_rows_are(db: Database) {
        shop(db).await?;
        let attempts = AtomicU32::new(0);
        let insert = async |mut tx: &mut Transaction| {
            attempts.fetch_add(1, Ordering::SeqCst);
            User::insert().email("ann@example.org").name("Again").execute(&mut tx).await
        };
        let error = db.transaction().retry(5).retry_stale().run(insert).await.unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        assert_eq!(attempts.into_inner(), 1);
    }

    async fn lose_no_change_of_others_side_by_side(db: Database) {
        shop(db).await?;
        let five_years = async |db: Database| {
            let none = AtomicU32::new(0);
            for _ in 0..5 {
                let unit = db.transaction().retry(200).retry_stale();
                unit.run(async |tx: &mut Transaction| grow_older(tx, &none, 0).await).await?;
            }
            orm::Result::Ok(())
        };
        let tasks: Vec<_> = (0..8).map(|_| tokio::spawn(five_years(db.clone()))).collect();
        for task in tasks {
            task.await.unwrap()?;
        }
        let ann = User::find(1).one(db).await?;
        assert_eq!((ann.age, ann.version), (Some(41 + 40), 41));
    }
}

on_servers! {
    async fn are_not_run_again_after_a_commit_in_doubt_that_follows_a_stale_row(fresh: Fresh) {
        shop(&fresh.db).await?;
        let attempts = AtomicU32::new(0);
        let result = fresh.db.transaction().retry(5).retry_stale().run(async |mut tx| {
            attempts.fetch_add(1, Ordering::SeqCst);
            let stale = User::update_by(1).version(7).set(|u| u.name.to("x")).execute(&mut tx).await;
            assert!(stale.unwrap_err().is_stale());
            User::delete().filter(|u| u.name.eq("Cid")).execute(&mut tx).await?;
            kill_all(fresh).await;
            Ok(())
        }).await;
        assert!(result.unwrap_err().is_commit_in_doubt());
        assert_eq!(attempts.into_inner(), 1);
    }
}

/// Simulates another process that writes: a database opened a second time shares no lock with the first.
#[tokio::test]
async fn of_several_databases_are_not_run_again_after_errors_of_their_own() {
    let (first, locked) = (crate::support::sqlite().await, crate::support::sqlite().await);
    shop(&first.db).await.unwrap();
    shop(&locked.db).await.unwrap();
    let other = Database::open(&locked.url).unwrap();
    let mut holder = other.session();
    User::delete().all_rows().execute(&mut holder).await.unwrap();
    let db = Database::builder().url(&first.url).bind("locked", &locked.url).open().unwrap();
    let attempts = AtomicU32::new(0);
    let work = async |mut tx: &mut Transaction| {
        attempts.fetch_add(1, Ordering::SeqCst);
        // The transaction goes on without a database that cannot begin now.
        assert!(User::query().count(tx.on("locked")?).await.unwrap_err().is_lock_timeout());
        User::find(99).one(&mut tx).await
    };
    let error = db.transaction().lock_timeout(Duration::from_millis(5)).retry(3).run(work).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    assert_eq!(attempts.into_inner(), 1);
    drop((holder, other, db));
    first.end().await;
    locked.end().await;
}

#[tokio::test]
async fn sqlite_tries_again_while_another_process_writes() {
    let fresh = crate::support::sqlite().await;
    shop(&fresh.db).await.unwrap();
    let other = Database::open(&fresh.url).unwrap();
    let mut holder = other.session();
    User::update().set(|u| u.name.to("x")).all_rows().execute(&mut holder).await.unwrap();
    let attempts = AtomicU32::new(0);
    let patience = Duration::from_millis(20);
    let bump = async |mut tx: &mut Transaction| {
        attempts.fetch_add(1, Ordering::SeqCst);
        User::update().set(|u| u.age.to(1)).all_rows().execute(&mut tx).await
    };
    let error = fresh.db.transaction().lock_timeout(patience).run(bump).await.unwrap_err();
    assert!(error.is_lock_timeout() && error.is_retryable(), "{error:?}");
    assert!(
        error.to_string().ends_with(
            "for longer than `busy_timeout` in the URL, or the transaction's `lock_timeout`, allows"
        ),
        "{error}"
    );
    let started = Instant::now();
    let error = fresh.db.transaction().lock_timeout(patience).retry(3).run(bump).await.unwrap_err();
    // Three pauses of at least half of 10, 20 and 40 ms, and four waits.
    assert!(error.is_lock_timeout() && started.elapsed() >= Duration::from_millis(35 + 4 * 20), "{error:?}");
    let (bumped, ()) =
        tokio::join!(fresh.db.transaction().lock_timeout(patience).retry(10).run(bump), async {
            tokio::time::sleep(Duration::from_millis(60)).await;
            holder.commit().await.unwrap();
        });
    assert_eq!(bumped.unwrap(), 3);
    drop(other);
    fresh.end().await;
}

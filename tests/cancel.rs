//! Cancellation: statements whose futures are dropped.

use std::time::{Duration, Instant};

use orm::prelude::*;

use crate::support::models::*;
use crate::support::{Random, becomes_quiet, is_at_full_strength, is_not_in_vain, isolates_snapshots};

/// A statement that takes seconds, and returns one row.
fn sleep(seconds: i64) -> Rows<Option<i64>> {
    User::query().limit(1).select(move |_| function::<i64>("SLEEP", (value(seconds),)))
}

on_servers! {
    async fn end_on_the_server_too(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let started = Instant::now();
        assert!(tokio::time::timeout(Duration::from_millis(100), sleep(60).one(db)).await.is_err());
        becomes_quiet(fresh).await;
        is_not_in_vain(started);
        is_at_full_strength(db).await?;
    }

    async fn give_their_locks_back(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let rename = |id: u64| User::update().set(|u| u.name.to("x")).filter(move |u| u.id.eq(id));
        let mut holder = db.session();
        rename(1).execute(&mut holder).await?;
        // Locks the second row, and waits for the first one.
        let mut waiting = db.session();
        rename(2).execute(&mut waiting).await?;
        let blocked = rename(1).execute(&mut waiting);
        assert!(tokio::time::timeout(Duration::from_millis(100), blocked).await.is_err());
        // The session still exists; its locks do not.
        let started = Instant::now();
        assert_eq!(rename(2).execute(db).await?, 1);
        is_not_in_vain(started);
        let error = rename(3).execute(&mut waiting).await.unwrap_err();
        assert!(error.is_transaction_dead(), "{error:?}");
        waiting.rollback().await?;
        assert_eq!(rename(3).execute(&mut waiting).await?, 1);
        waiting.commit().await?;
        holder.commit().await?;
        assert_eq!(User::query().filter(|u| u.name.eq("x")).count(db).await?, 3);
    }
}

/// Performs one of several typical operations, whose answer cannot be confused with another one's.
async fn something(db: &Database, what: u64, number: u64) -> orm::Result<()> {
    let echo = || User::query().limit(1).select(move |u| u.id.mul(0u64).add(number));
    match what {
        0 => assert_eq!(echo().one(db).await?, number),
        1 => {
            let mut s = db.session();
            assert_eq!(echo().one(&mut s).await?, number);
            User::update().set(|u| u.age.to(1)).filter(|u| u.id.eq(2)).execute(&mut s).await?;
            assert_eq!(echo().one(&mut s).await?, number);
            s.commit().await?;
        }
        2 => {
            db.transaction()
                .run(async |mut tx| {
                    User::update().set(|u| u.age.to(2)).filter(|u| u.id.eq(1)).execute(&mut tx).await?;
                    let undone = tx.savepoint(async |mut tx| {
                        User::update().set(|u| u.age.to(3)).filter(|u| u.id.eq(1)).execute(&mut tx).await?;
                        User::find(99).one(&mut tx).await
                    });
                    assert!(undone.await.is_err());
                    assert_eq!(echo().one(&mut tx).await?, number);
                    Ok(())
                })
                .await?;
        }
        _ => {
            let rows = (0..3).map(|row| Comment::insert().post_id(1).text(format!("{number} {row}")));
            Comment::insert_all(rows).execute(db).await?;
        }
    }
    Ok(())
}

/// Runs a thousand of them, cancelled at random points.
async fn a_thousand(db: &Database) -> orm::Result<()> {
    let comments = Comment::query().count(db).await?;
    let may_conflict = isolates_snapshots(db).await?;
    let tasks: Vec<_> = (0..8u64)
        .map(|task| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut random = Random::new(task + 1);
                for number in 0..125 {
                    let number = task * 1000 + number;
                    let work = something(&db, random.below(4), number);
                    let after = Duration::from_micros(random.below(3000));
                    if let Ok(Err(error)) = tokio::time::timeout(after, work).await {
                        // Of two that change a row after they have read, one is refused there.
                        assert!(may_conflict && error.is_serialization(), "{error:?}");
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    // All three rows of an insert, or none.
    assert_eq!((Comment::query().count(db).await? - comments) % 3, 0);
    assert_ne!(User::find(1).one(db).await?.age, Some(3));
    is_at_full_strength(db).await
}

on_every_backend! {
    async fn a_thousand_times_leak_nothing(db: Database) {
        shop(db).await?;
        a_thousand(db).await?;
        // No lock remains.
        assert_eq!(User::update().set(|u| u.age.to(9)).all_rows().execute(db).await?, 3);
    }
}

on_servers! {
    async fn a_thousand_times_leave_no_transaction_open(fresh: Fresh) {
        shop(&fresh.db).await?;
        a_thousand(&fresh.db).await?;
        becomes_quiet(fresh).await;
    }
}

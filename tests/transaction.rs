//! Transactions as closures.

use std::time::Duration;

use orm::prelude::*;
use orm::sql;

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

on_servers! {
    async fn refuse_raw_statements_that_would_end_them(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.session();
        User::delete().all_rows().execute(&mut s).await?;
        let statements = [
            sql!("COMMIT"),
            sql!("/* why */ rollback"),
            sql!("BEGIN"),
            sql!("SET autocommit = 1"),
            sql!("TRUNCATE {@Post}"),
        ];
        for statement in statements {
            let error = statement.execute(&mut s).await.unwrap_err();
            assert!(error.is_unsupported(), "{error:?}");
        }
        sql!("CREATE TEMPORARY TABLE temporary_names (name text)").execute(&mut s).await?;
        s.rollback().await?;
        assert_eq!(User::query().count(db).await?, 3);
    }
}

on_every_backend! {
    async fn begun_by_raw_statements_do_not_outlive_them(db: Database) {
        shop(db).await?;
        // Without a session, each statement has its own connection, which is reset when given back.
        sql!("BEGIN").execute(db).await?;
        for _ in 0..3 {
            User::update().set(|u| u.age.to(7)).all_rows().execute(db).await?;
        }
        let other = Database::clone(db);
        assert_eq!(User::query().filter(|u| u.age.eq(7)).count(&other).await?, 3);
        let mut s = db.session();
        assert_eq!(User::update().set(|u| u.age.to(8)).all_rows().execute(&mut s).await?, 3);
        s.commit().await?;
    }
}

/// SQLite may end a transaction by itself; the session checks after every error.
#[tokio::test]
async fn that_an_error_has_ended_are_dead() {
    let db = Database::open("sqlite::memory:").unwrap();
    shop(&db).await.unwrap();
    let mut s = db.session();
    User::update().set(|u| u.age.to(7)).all_rows().execute(&mut s).await.unwrap();
    let twice_over = || sql!("INSERT OR ROLLBACK INTO {@Profile} (user_id, bio) VALUES (1, 'a'), (1, 'b')");
    let error = twice_over().execute(&mut s).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    let refused = User::query().count(&mut s).await.unwrap_err();
    assert!(refused.is_transaction_dead() && refused.to_string().contains("profiles.user_id"), "{refused:?}");
    s.rollback().await.unwrap();
    assert_eq!(User::query().filter(|u| u.age.eq(7)).count(&mut s).await.unwrap(), 0);
    // Also as the first statement: the next one would be committed on its own.
    s.rollback().await.unwrap();
    assert!(twice_over().execute(&mut s).await.unwrap_err().is_unique_violation());
    assert!(User::delete().all_rows().execute(&mut s).await.unwrap_err().is_transaction_dead());
    drop(s);
    assert_eq!(User::query().count(&db).await.unwrap(), 3);
}

/// SQLite runs raw statements that end a transaction, and the session notices.
#[tokio::test]
async fn that_were_ended_by_a_raw_statement_are_dead() {
    let db = Database::open("sqlite::memory:").unwrap();
    shop(&db).await.unwrap();
    for end in [sql!("COMMIT"), sql!("ROLLBACK")] {
        let mut s = db.session();
        User::update().set(|u| u.age.to(7)).all_rows().execute(&mut s).await.unwrap();
        end.execute(&mut s).await.unwrap();
        let error = User::query().count(&mut s).await.unwrap_err();
        assert!(error.is_transaction_dead(), "{error:?}");
        assert!(s.commit().await.unwrap_err().is_transaction_dead());
        s.rollback().await.unwrap();
        assert_eq!(User::query().count(&mut s).await.unwrap(), 3);
    }
}

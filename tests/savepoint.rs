//! Savepoints.

use orm::prelude::*;

use crate::support::models::*;

async fn rename(on: impl Executor<'_>, id: u64, name: &str) -> orm::Result<u64> {
    User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(id)).execute(on).await
}

async fn names(on: impl Executor<'_>) -> orm::Result<Vec<String>> {
    User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(on).await
}

#[derive(Debug)]
enum AppError {
    #[allow(dead_code, reason = "told by Debug")]
    Db(orm::Error),
    Refused,
}

impl From<orm::Error> for AppError {
    fn from(error: orm::Error) -> Self {
        AppError::Db(error)
    }
}

on_every_backend! {
    async fn are_kept_on_ok_and_undone_on_err(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        rename(&mut s, 1, "outside").await?;
        let kept = s.savepoint(async |mut tx| { rename(&mut tx, 2, "kept").await }).await?;
        assert_eq!(kept, 1);
        let error = s.savepoint(async |mut tx| {
            rename(&mut tx, 3, "undone").await?;
            User::insert().email("bob@example.org").name("Twice").execute(&mut tx).await
        }).await.unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        let refused = s.try_savepoint(async |mut tx| -> Result<(), AppError> {
            rename(&mut tx, 3, "undone").await?;
            Err(AppError::Refused)
        }).await;
        assert!(matches!(refused, Err(AppError::Refused)));
        assert_eq!(names(&mut s).await?, ["outside", "kept", "Cid"]);
        s.commit().await?;
        assert_eq!(names(db).await?, ["outside", "kept", "Cid"]);
    }

    async fn nest_to_any_depth(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.savepoint(async |mut tx| {
            rename(&mut tx, 1, "one").await?;
            let undone = tx.savepoint(async |mut tx| {
                rename(&mut tx, 2, "two").await?;
                // Released inside one that is rolled back.
                tx.savepoint(async |mut tx| rename(&mut tx, 3, "three").await).await?;
                assert_eq!(names(&mut tx).await?, ["one", "two", "three"]);
                User::find(99).one(&mut tx).await
            }).await;
            assert!(undone.unwrap_err().is_not_found());
            assert_eq!(names(&mut tx).await?, ["one", "Bob", "Cid"]);
            tx.savepoint(async |mut tx| rename(&mut tx, 3, "again").await).await
        }).await?;
        s.commit().await?;
        assert_eq!(names(db).await?, ["one", "Bob", "again"]);

        // Twenty of them, every second one rolled back.
        let mut s = db.session();
        for number in 0..20u32 {
            let mut savepoint = s.begin_savepoint().await?;
            User::insert().email(format!("{number}")).name("x").execute(&mut savepoint).await?;
            if number % 2 == 0 { savepoint.release().await? } else { savepoint.rollback().await? }
        }
        s.commit().await?;
        assert_eq!(User::query().filter(|u| u.name.eq("x")).count(db).await?, 10);
    }

    async fn in_a_closure_transaction(db: Database) {
        shop(db).await?;
        db.transaction().run(async |mut tx| {
            let failed = tx.savepoint(async |mut tx| {
                rename(&mut tx, 1, "undone").await?;
                User::find(99).one(&mut tx).await
            }).await;
            assert!(failed.is_err());
            rename(&mut tx, 2, "kept").await
        }).await?;
        assert_eq!(names(db).await?, ["Ann", "kept", "Cid"]);
    }

    async fn that_are_dropped_are_undone_before_the_next_statement(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        {
            let mut outer = s.begin_savepoint().await?;
            rename(&mut outer, 1, "one").await?;
            let mut inner = outer.begin_savepoint().await?;
            rename(&mut inner, 2, "two").await?;
            inner.release().await?;
        }
        assert_eq!(names(&mut s).await?, ["Ann", "Bob", "Cid"]);
        {
            let mut savepoint = s.begin_savepoint().await?;
            rename(&mut savepoint, 3, "three").await?;
        }
        // A commit does not keep any of it either.
        s.commit().await?;
        assert_eq!(names(db).await?, ["Ann", "Bob", "Cid"]);
    }

    async fn whose_closure_is_cancelled_are_undone(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        rename(&mut s, 1, "kept").await?;
        let hanging = s.savepoint(async |mut tx| {
            rename(&mut tx, 2, "undone").await?;
            std::future::pending::<orm::Result<()>>().await
        });
        assert!(tokio::time::timeout(std::time::Duration::from_millis(100), hanging).await.is_err());
        assert_eq!(names(&mut s).await?, ["kept", "Bob", "Cid"]);
        s.commit().await?;
        assert_eq!(names(db).await?, ["kept", "Bob", "Cid"]);
    }

    async fn whose_closure_panics_are_undone(db: Database) {
        shop(db).await?;
        let task = {
            let db = db.clone();
            tokio::spawn(async move {
                let mut s = db.session();
                let _ = s.savepoint(async |mut tx| -> orm::Result<()> {
                    rename(&mut tx, 2, "undone").await?;
                    panic!("on purpose")
                }).await;
            })
        };
        assert!(task.await.unwrap_err().is_panic());
        assert_eq!(names(db).await?, ["Ann", "Bob", "Cid"]);
        // No lock remains.
        assert_eq!(rename(db, 2, "free").await?, 1);
    }

    async fn that_are_empty_send_nothing(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.savepoint(async |_| Ok(())).await?;
        s.begin_savepoint().await?.rollback().await?;
        drop(s.begin_savepoint().await?);
        assert!(!s.is_active());
        // The first statement of a transaction may be inside a savepoint, and be rolled back.
        let failed = s.savepoint(async |mut tx| {
            rename(&mut tx, 1, "undone").await?;
            User::find(99).one(&mut tx).await
        }).await;
        assert!(failed.is_err());
        assert_eq!(names(&mut s).await?, ["Ann", "Bob", "Cid"]);
        s.commit().await?;
        assert_eq!(names(db).await?, ["Ann", "Bob", "Cid"]);
    }

    async fn end_with_their_transaction(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        std::mem::forget(s.begin_savepoint().await?);
        rename(&mut s, 1, "committed").await?;
        s.commit().await?;
        assert_eq!(names(db).await?, ["committed", "Bob", "Cid"]);
        std::mem::forget(s.begin_savepoint().await?);
        rename(&mut s, 1, "rolled back").await?;
        s.rollback().await?;
        rename(&mut s, 2, "new").await?;
        s.commit().await?;
        assert_eq!(names(db).await?, ["committed", "new", "Cid"]);
    }

    async fn of_several_transactions_do_not_meet(db: Database) {
        shop(db).await?;
        for _ in 0..2 {
            let mut s = db.session();
            let mut savepoint = s.begin_savepoint().await?;
            rename(&mut savepoint, 1, "x").await?;
            drop(savepoint);
            s.rollback().await?;
        }
        assert_eq!(names(db).await?, ["Ann", "Bob", "Cid"]);
    }
}

on_servers! {
    async fn that_went_with_a_deadlock_leave_its_error(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut one = db.session();
        let mut two = db.session();
        rename(&mut one, 1, "one").await?;
        rename(&mut two, 2, "two").await?;
        // The victim is the session with fewer changes: two.
        rename(&mut one, 3, "one").await?;
        Post::update().set(|p| p.title.to("one")).all_rows().execute(&mut one).await?;
        let waiting = tokio::spawn(async move { (rename(&mut one, 2, "one").await, one) });
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let error = two.savepoint(async |mut tx| rename(&mut tx, 1, "two").await).await.unwrap_err();
        assert!(error.is_deadlock(), "{error:?}");
        let error = rename(&mut two, 3, "two").await.unwrap_err();
        assert!(error.is_transaction_dead(), "{error:?}");
        assert!(error.to_string().contains("deadlock") || error.to_string().contains("Deadlock"), "{error}");
        assert!(two.begin_savepoint().await.unwrap_err().is_transaction_dead());
        two.rollback().await?;
        let (renamed, mut one) = waiting.await.unwrap();
        assert_eq!(renamed?, 1);
        one.commit().await?;
        assert_eq!(names(db).await?, ["one", "one", "one"]);
    }
}

//! The guard against statements that bypass the transaction of their task.

use orm::prelude::*;

use crate::support::models::*;

async fn count(db: &Database) -> orm::Result<i64> {
    User::query().count(db).await
}

on_every_backend! {
    async fn refuses_statements_on_the_database_inside_a_closure(db: Database) {
        shop(db).await?;
        let error = db.transaction().run(async |_| count(db).await).await.unwrap_err();
        assert!(error.is_outside_transaction(), "{error:?}");
        assert_eq!(
            error.to_string(),
            "this statement would run outside of the transaction that its task is in: use the closure's \
             `&mut tx` instead of the database, or `&db.outside()` if that is intended"
        );
        // A clone is the same database; nested calls and joined futures are inside, too.
        let same = db.clone();
        db.transaction().run(async |mut tx| {
            let (one, two) = tokio::join!(count(&same), Box::pin(count(db)));
            assert!(one.unwrap_err().is_outside_transaction());
            assert!(two.unwrap_err().is_outside_transaction());
            let insert = User::insert().email("x").name("x").execute(&same).await;
            assert!(insert.unwrap_err().is_outside_transaction());
            assert!(same.create_tables::<User>().await.unwrap_err().is_outside_transaction());
            let nested = same.transaction().run(async |mut tx| User::query().count(&mut tx).await).await;
            assert!(nested.unwrap_err().is_outside_transaction());
            User::query().count(&mut tx).await
        }).await?;
        // Ends with the closure.
        assert_eq!(count(db).await?, 3);
    }

    async fn lets_explicit_outside_statements_pass(db: Database) {
        shop(db).await?;
        let other = Database::open("sqlite::memory:")?;
        other.create_tables::<User>().await?;
        db.transaction().run(async |mut tx| {
            assert_eq!(count(&db.outside()).await?, 3);
            assert_eq!(count(&other).await?, 0);
            // A spawned task is not inside.
            let spawned = { let db = db.clone(); tokio::spawn(async move { count(&db).await }) };
            assert_eq!(spawned.await.unwrap()?, 3);
            other.transaction().run(async |mut inner| {
                assert!(count(db).await.unwrap_err().is_outside_transaction());
                assert!(count(&other).await.unwrap_err().is_outside_transaction());
                User::query().count(&mut inner).await
            }).await?;
            assert_eq!(count(&other).await?, 0);
            // A session is separate.
            let mut s = db.transaction().read_only().session();
            assert_eq!(User::query().count(&mut s).await?, 3);
            s.close().await?;
            User::query().count(&mut tx).await
        }).await?;
        // A session that is ended explicitly guards nothing.
        let mut s = db.session();
        User::query().count(&mut s).await?;
        assert_eq!(count(db).await?, 3);
    }

    async fn is_over_after_an_error_and_at_every_attempt(db: Database) {
        shop(db).await?;
        let failed = db.transaction().retry(2).run(async |mut tx| {
            User::query().count(&mut tx).await?;
            count(db).await
        }).await;
        assert!(failed.unwrap_err().is_outside_transaction());
        assert_eq!(count(db).await?, 3);
    }
}

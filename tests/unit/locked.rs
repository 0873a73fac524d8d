//! Rows that a session has locked: later reads without a lock may return older values.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

/// Returns a session whose snapshot of the shop is older than a change of Ann's age and of a post's title.
async fn with_a_snapshot(db: &Database) -> orm::Result<Session> {
    shop(db).await?;
    let mut s = db.session();
    assert_eq!(User::query().count(&mut s).await?, 3);
    User::update().set(|u| u.age.to(50)).filter(|u| u.id.eq(1)).execute(db).await?;
    Post::update().set(|p| p.title.to("Newest")).filter(|p| p.id.eq(1)).execute(db).await?;
    Ok(s)
}

on_servers! {
    async fn are_not_overwritten_by_what_was_there_before(fresh: Fresh) {
        let db = &fresh.with_snapshot_isolation(false);
        let mut s = with_a_snapshot(db).await?;
        let ann = s.get::<User>(1).for_update().await?;
        assert_eq!(s[ann].age, Some(50));
        // The statement may have changed rows, so the next query refreshes them. It reads this one from the snapshot.
        Post::update().set(|p| p.published.to(true)).all_rows().execute(&mut s).await?;
        let seen = User::query().filter(|u| u.id.eq(1));
        assert_eq!(seen.clone().one(&mut s).await?.age, Some(41));
        assert_statements!(db, 2, seen.clone().track(&mut s).await?);
        assert_eq!(s[ann].age, Some(50));
        s.refresh(ann).await?;
        assert_eq!(s[ann].age, Some(50));
        // Nor do rows found with raw SQL, or loaded with others, overwrite it.
        Post::update().set(|p| p.published.to(false)).all_rows().execute(&mut s).await?;
        sql!("SELECT * FROM {@User}").track::<User>(&mut s).await?;
        assert_eq!(s[ann].age, Some(50));
        // The session's own statement is different.
        User::update().set(|u| u.age.to(u.age + 1)).filter(|u| u.id.eq(1)).execute(&mut s).await?;
        seen.track(&mut s).await?;
        assert_eq!(s[ann].age, Some(51));
        s[ann].age = Some(52);
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(52));
    }

    async fn are_not_overwritten_by_what_is_loaded_behind_a_lock(fresh: Fresh) {
        let mut s = with_a_snapshot(&fresh.with_snapshot_isolation(false)).await?;
        let post = s.get::<Post>(1).for_share().await?;
        assert_eq!(s[post].title, "Newest");
        // The query locks the users. Their posts are read afterwards, from the snapshot.
        User::query().with(|u| u.posts()).for_update().track(&mut s).await?;
        assert_eq!(s[post].title, "Newest");
        let ann = s.get::<User>(1).await?;
        assert_eq!(s[ann].age, Some(50));
    }

    async fn by_raw_statements_are_as_new_as_can_be(fresh: Fresh) {
        let mut s = with_a_snapshot(&fresh.with_snapshot_isolation(false)).await?;
        let ann = s.get::<User>(1).await?;
        assert_eq!(s[ann].age, Some(41));
        sql!("SELECT * FROM {@User} WHERE id = 1 for update").track::<User>(&mut s).await?;
        assert_eq!(s[ann].age, Some(50));
    }

    /// The server then rolls back the whole transaction. MySQL always locks the newest version.
    async fn are_refused_past_the_snapshot_if_the_server_isolates_it(fresh: Fresh) {
        let db = &fresh.with_snapshot_isolation(true);
        let mut s = with_a_snapshot(db).await?;
        let is_refused = db.dialect().name == "MariaDB";
        let cid = s.add(User::insert().email("cid2@example.org").name("Cid"));
        s.flush().await?;
        match s.get::<User>(1).for_update().await {
            Ok(ann) => assert_eq!((is_refused, s[ann].age), (false, Some(50))),
            Err(error) => {
                assert!(is_refused && error.is_serialization() && error.is_retryable(), "{error:?}");
                assert!(error.to_string().starts_with("another transaction has changed a row of `users` "), "{error}");
                assert!(User::query().count(&mut s).await.is_err()); // rather than outside a transaction
                s.rollback().await?;
            }
        }
        let ann = s.get::<User>(1).for_update().await?;
        s[ann].name = "Anna".into();
        s.commit().await?;
        assert_eq!((s[ann].age, s[s.saved(cid)?].name.as_str()), (Some(50), "Cid"));
        assert_eq!(User::query().count(db).await?, 4);

        let tries = AtomicU32::new(0);
        let runs = db.transaction().retry(2).run(async |tx| {
            User::query().count(&mut *tx).await?;
            if tries.fetch_add(1, Relaxed) == 0 {
                User::update().set(|u| u.age.to(60)).filter(|u| u.id.eq(1)).execute(&fresh.db).await?;
            }
            User::update().set(|u| u.age.to(u.age + 1)).filter(|u| u.id.eq(1)).execute(tx).await
        });
        assert_eq!(runs.await?, 1);
        assert_eq!((tries.into_inner(), User::find(1).one(db).await?.age), (if is_refused { 2 } else { 1 }, Some(61)));
    }
}

on_every_backend! {
    async fn are_brought_up_to_date_behind_a_statement_of_their_session(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).for_update().await?;
        for (age, of) in [(42, "a query"), (43, "a lock"), (44, "a refresh")] {
            User::update().set(|u| u.age.to(u.age + 1)).filter(|u| u.id.eq(1)).execute(&mut s).await?;
            match of {
                "a query" => drop(User::query().track(&mut s).await?),
                "a lock" => drop(s.get::<User>(1).for_update().await?),
                _ => s.refresh(ann).await?,
            }
            assert_eq!((s[ann].age, s[ann].version), (Some(age), u32::try_from(age).unwrap() - 40), "{of}");
        }
        // In another transaction, nothing is locked any more.
        s.commit().await?;
        User::update().set(|u| u.age.to(7)).filter(|u| u.id.eq(1)).execute(db).await?;
        assert_statements!(db, 1, User::query().track(&mut s).await?);
        assert_eq!(s[ann].age, Some(7));
    }

    async fn keep_what_is_changed_behind_a_query_that_was_refused(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.set_autoflush(false);
        let (ann, bob) = (s.get::<User>(1).for_update().await?, s.get::<User>(2).await?);
        User::update().set(|u| u.age.to(77)).filter(|u| u.id.eq(1)).execute(&mut s).await?;
        s.delete(bob)?;
        assert!(User::query().track(&mut s).await.is_err());
        s[ann].age = Some(5);
        Post::query().track(&mut s).await?;
        assert_eq!(s[ann].age, Some(5));
    }
}

//! Sessions.

use orm::prelude::*;

use crate::support::models::*;

async fn add(on: impl Executor<'_>, email: &str) -> orm::Result<u64> {
    User::insert().email(email).name("New").execute(on).await
}

on_every_backend! {
    async fn hold_no_connection_until_their_first_statement(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        assert!(!s.is_active());
        assert_eq!(db.pool_status().open - db.pool_status().idle, 0);
        User::query().count(&mut s).await?;
        assert!(s.is_active());
        assert_eq!(db.pool_status().open - db.pool_status().idle, 1);
        s.commit().await?;
        assert!(!s.is_active());
        assert_eq!(db.pool_status().open - db.pool_status().idle, 0);
    }

    async fn keep_what_is_committed_and_nothing_else(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        add(&mut s, "new").await?;
        assert_eq!(User::query().count(&mut s).await?, 4);
        s.rollback().await?;
        assert_eq!(User::query().count(&mut s).await?, 3);
        add(&mut s, "new").await?;
        s.commit().await?;
        s.commit().await?;
        s.rollback().await?;
        assert_eq!(User::query().count(db).await?, 4);
        User::delete().all_rows().execute(&mut s).await?;
        s.close().await?;
        assert_eq!(User::query().count(db).await?, 4);
    }

    async fn are_not_seen_by_others_before_they_commit(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        User::delete().filter(|u| u.name.eq("Cid")).execute(&mut s).await?;
        assert_eq!(User::query().count(&mut s).await?, 2);
        assert_eq!(User::query().count(db).await?, 3);
        s.commit().await?;
        assert_eq!(User::query().count(db).await?, 2);
    }

    async fn dropped_roll_back_and_give_back(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        User::update().set(|u| u.name.to("X")).all_rows().execute(&mut s).await?;
        drop(s);
        // The row locks are released: nobody has to wait.
        assert_eq!(User::update().set(|u| u.age.to(1)).all_rows().execute(db).await?, 3);
        assert_eq!(User::query().filter(|u| u.name.eq("X")).count(db).await?, 0);
    }

    async fn go_on_after_a_failed_statement(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        add(&mut s, "new").await?;
        let error = add(&mut s, "new").await.unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        assert!(error.sql().is_some_and(|sql| sql.starts_with("INSERT INTO")), "{error:?}");
        add(&mut s, "newer").await?;
        s.commit().await?;
        assert_eq!(User::query().count(db).await?, 5);
    }

    async fn can_be_passed_to_helpers(db: Database) {
        async fn rename(mut tx: &mut Transaction, id: u64, name: &str) -> orm::Result<u64> {
            let renamed = User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(id)).execute(&mut tx).await?;
            Ok(renamed + count_named(&mut tx, name).await?)
        }
        async fn count_named(on: impl Executor<'_>, name: &str) -> orm::Result<u64> {
            let mut on = on.on();
            User::query().count(&mut on).await?;
            let count = User::query().filter(|u| u.name.eq(name)).count(&mut on).await?;
            Ok(count.try_into().unwrap())
        }
        shop(db).await?;
        let mut s = db.session();
        assert_eq!(rename(&mut s, 1, "Bob").await?, 3);
        assert_eq!(count_named(&mut s, "Bob").await?, 2);
        s.rollback().await?;
        assert_eq!(count_named(db, "Bob").await?, 1);
    }

    async fn with_options(db: Database) {
        shop(db).await?;
        let mut s = db.transaction().read_only().session();
        assert_eq!(User::query().count(&mut s).await?, 3);
        let error = User::delete().all_rows().execute(&mut s).await.unwrap_err();
        assert!(error.is_permission_denied(), "{error:?}");
        s.rollback().await?;
        let mut s = db.transaction().isolation(Serializable).session();
        assert_eq!(User::delete().filter(|u| u.name.eq("Cid")).execute(&mut s).await?, 1);
        s.commit().await?;
        assert_eq!(User::query().count(db).await?, 2);
    }

    async fn wait_for_a_lock_no_longer_than_they_are_told(db: Database) {
        shop(db).await?;
        let mut holder = db.session();
        User::update().set(|u| u.age.to(1)).filter(|u| u.id.eq(1)).execute(&mut holder).await?;
        let mut s = db.transaction().lock_timeout(std::time::Duration::from_secs(1)).session();
        let update = || User::update().set(|u| u.age.to(2)).filter(|u| u.id.eq(1));
        let error = update().execute(&mut s).await.unwrap_err();
        assert!(error.is_lock_timeout(), "{error:?}");
        holder.commit().await?;
        assert_eq!(update().execute(&mut s).await?, 1);
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.age, Some(2));
    }
}

#[test]
fn can_be_sent_and_shared() {
    fn both<T: Send + Sync>() {}
    both::<Session>();
    both::<Transaction>();
    both::<Database>();
}

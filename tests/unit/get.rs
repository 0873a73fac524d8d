//! Rows by primary key.

use std::time::{Duration, Instant};

use orm::assert_statements;
use orm::prelude::*;

use super::models::*;
use crate::support::is_not_in_vain;
use crate::support::models::*;

on_every_backend! {
    async fn a_row_has_one_handle_and_is_read_once(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        assert_eq!(assert_statements!(db, 0, s.get::<User>(1).await?), ann);
        assert_eq!(assert_statements!(db, 0, s.find::<User>(&1).await?), Some(ann));
        let rows = User::query().order_by(|u| u.id.asc()).track(&mut s).await?;
        assert_eq!((rows.len(), rows[0]), (3, ann));
        assert_eq!(assert_statements!(db, 0, s.get::<User>(2).await?), rows[1]);
    }

    async fn what_is_not_there_is_an_error_or_none(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let error = s.get::<User>(99).await.unwrap_err();
        assert!(error.is_not_found(), "{error:?}");
        assert_eq!(error.to_string(), "no row of `User` matches");
        assert_eq!(s.find::<User>(99).await?, None);
    }

    async fn composite_keys_and_keys_of_text(db: Database) {
        db.create_tables::<Seat>().await?;
        Seat::insert().hall("A").number(1).execute(db).await?;
        let mut s = db.session();
        let seat = s.get::<Seat>(("A", 1)).await?;
        assert_eq!(assert_statements!(db, 0, s.get::<Seat>(("A".to_owned(), 1)).await?), seat);
        assert_eq!(s.find::<Seat>(("A", 2)).await?, None);
    }

    async fn a_hit_does_not_flush_and_a_miss_does(db: Database) {
        db.create_tables::<Employee>().await?;
        Employee::insert_all([Employee { id: 1, name: "one".into(), manager_id: None }]).execute(db).await?;
        let mut s = db.session();
        let one = s.get::<Employee>(1).await?;
        s[one].name = "uno".into();
        let two = s.add(Employee { id: 2, name: "two".into(), manager_id: None });
        assert_eq!(assert_statements!(db, 0, s.get::<Employee>(1).await?), one);
        // After the flush, the row is found in the session: nothing is read.
        assert_eq!(assert_statements!(db, 2, s.get::<Employee>(2).await?), s.saved(two)?);
    }

    async fn rows_stay_when_the_transaction_ends(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s.commit().await?;
        assert_eq!(s[ann].name, "Ann");
        assert_eq!(assert_statements!(db, 0, s.get::<User>(1).await?), ann);
        s.rollback().await?;
        assert_eq!(s[ann].name, "Ann");
    }

    async fn a_row_is_read_again_on_request(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        User::update().set(|u| u.name.to("Anna")).filter(|u| u.id.eq(1)).execute(&mut s).await?;
        assert_eq!(s[ann].name, "Ann");
        s.refresh(ann).await?;
        assert_eq!((s[ann].name.as_str(), s[ann].version), ("Anna", 2));
        s[ann].name = "Nobody".into();
        let error = s.refresh(ann).await.unwrap_err();
        assert!(error.is_invalid_query(), "{error:?}");
        assert_eq!(s[ann].name, "Nobody");
        s.refresh(ann).discard_changes().await?;
        assert_eq!(s[ann].name, "Anna");
        assert!(s.changes().is_empty());
        Comment::delete().all_rows().execute(&mut s).await?;
        Post::delete().all_rows().execute(&mut s).await?;
        User::delete().all_rows().execute(&mut s).await?;
        assert!(s.refresh(ann).await.unwrap_err().is_not_found());
        assert_eq!(s[ann].name, "Anna");
    }
    async fn a_lock_is_read_from_the_server_and_brings_up_to_date(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        User::update().set(|u| u.name.to("Anna")).filter(|u| u.id.eq(1)).execute(&mut s).await?;
        assert_eq!(assert_statements!(db, 1, s.get::<User>(1).for_update().await?), ann);
        assert_eq!((s[ann].name.as_str(), s[ann].version), ("Anna", 2));
        sql!("UPDATE {@User} SET name = 'Annie' WHERE id = 1").execute(&mut s).await?;
        assert_eq!(assert_statements!(db, 1, s.find::<User>(1).for_share().await?), Some(ann));
        assert_eq!(s[ann].name, "Annie");
        // Pending changes are flushed first, and are part of what is read.
        s[ann].age = Some(50);
        assert_eq!(assert_statements!(db, 2, s.get::<User>(1).for_update().nowait().await?), ann);
        assert_eq!((s[ann].name.as_str(), s[ann].age), ("Annie", Some(50)));
        assert_statements!(db, 1, s.refresh(ann).for_update().nowait().await?);
        s[ann].age = Some(51);
        assert!(s.refresh(ann).for_share().await.unwrap_err().is_invalid_query());
        s.refresh(ann).for_share().discard_changes().await?;
        assert_eq!(s[ann].age, Some(50));
        assert_eq!(s.find::<User>(99).for_update().await?, None);
        let error = s.get::<User>(99).for_update().await.unwrap_err();
        assert_eq!(error.to_string(), "no row of `User` matches");
        let error = s.get::<User>(1).nowait().await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("for_update"), "{error}");
        Comment::delete().all_rows().execute(&mut s).await?;
        Post::delete().all_rows().execute(&mut s).await?;
        User::delete().all_rows().execute(&mut s).await?;
        assert_eq!(s.find::<User>(1).await?, Some(ann));
        assert_eq!(s.find::<User>(1).for_update().await?, None);
        assert!(s.refresh(ann).for_update().await.unwrap_err().is_not_found());
    }
}

on_servers! {
    async fn a_lock_holds_until_the_transaction_ends(fresh: Fresh) {
        let db = &fresh.with_snapshot_isolation(false);
        shop(db).await?;
        let (mut a, mut b) = (db.session(), db.session());
        let ann = a.get::<User>(1).for_update().await?;
        assert_eq!(b.find::<User>(1).for_update().skip_locked().await?, None);
        let error = b.get::<User>(1).for_share().skip_locked().await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains("another transaction has locked it"), "{error}");
        let hers = b.get::<User>(1).await?; // read without a lock, so before the change below
        let started = Instant::now();
        assert!(b.get::<User>(1).for_update().nowait().await.unwrap_err().is_lock_timeout());
        assert!(b.refresh(hers).for_share().nowait().await.unwrap_err().is_lock_timeout());
        is_not_in_vain(started);
        a[ann].name = "Anna".into();
        let waits = async {
            b.get::<User>(1).for_update().await?;
            b[hers].name.push('!');
            b.commit().await
        };
        let ends = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            a.commit().await
        };
        let (waited, ended) = tokio::join!(waits, ends);
        waited?;
        ended?;
        // Past the snapshot of its transaction, and on top of the other one's change.
        assert_eq!(User::find(1).one(db).await?.name, "Anna!");
    }

    async fn shared_locks_of_rows_by_key_go_together(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let (mut a, mut b) = (db.session(), db.session());
        let ann = a.get::<User>(1).await?;
        a.refresh(ann).for_share().await?;
        b.get::<User>(1).for_share().nowait().await?;
        assert!(b.get::<User>(1).for_update().nowait().await.unwrap_err().is_lock_timeout());
        a.commit().await?;
        b.get::<User>(1).for_update().nowait().await?;
        b.commit().await?;
    }
}

#[tokio::test]
async fn no_row_is_locked_by_others_in_sqlite() {
    let fresh = crate::support::sqlite().await;
    shop(&fresh.db).await.unwrap();
    let mut s = fresh.db.session();
    assert!(s.find::<User>(1).for_update().skip_locked().await.unwrap().is_some());
    drop(s);
    fresh.end().await;
}

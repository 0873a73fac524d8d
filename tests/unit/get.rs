//! Rows by key.

use orm::assert_statements;
use orm::prelude::*;

use super::models::*;
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
        // The row is found in the session once it is flushed: nothing is read.
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
}

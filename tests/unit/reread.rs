//! Rows that are read again in a transaction which is then rolled back.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

#[derive(Embed, Debug, Clone, PartialEq)]
enum Way {
    Walk { steps: i32 },
    Ride { km: i32 },
}

#[derive(Model)]
#[orm(table = "trips")]
struct Trip {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(embed)]
    way: Way,
}

on_every_backend! {
    async fn what_a_statement_set_is_no_change_after_a_rollback(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Anna".into();
        let dee = s.add(User::insert().email("dee@example.org").name("Dee").age(30));
        User::update().set(|u| u.age.to(u.age + 1)).all_rows().execute(&mut s).await?;
        User::query().track(&mut s).await?;
        let dee_saved = s.saved(dee)?;
        assert_eq!((s[ann].age, s[dee_saved].age), (Some(42), Some(31)));
        // What was not flushed yet stays, too.
        s[dee_saved].name = "Dora".into();
        s.rollback().await?;
        assert_eq!((s[ann].age, s[ann].name.as_str()), (Some(41), "Anna"));
        assert_eq!(s.changes().updated[0].columns.len(), 1);
        s.commit().await?;
        let ages = User::query().order_by(|u| u.id.asc()).select(|u| (u.name, u.age)).all(db).await?;
        assert_eq!(ages[0], ("Anna".to_owned(), Some(41)));
        assert_eq!(ages[3], ("Dora".to_owned(), Some(30)));
    }

    async fn nor_is_it_after_refreshing_or_locking(db: Database) {
        shop(db).await?;
        for lock in [false, true] {
            let mut s = db.session();
            let ann = s.get::<User>(1).await?;
            s[ann].name.push('a');
            User::update().set(|u| u.age.to(u.age + 1)).all_rows().execute(&mut s).await?;
            match lock {
                false => s.refresh(ann).await?,
                true => drop(s.get::<User>(1).for_update().await?),
            }
            assert_eq!(s[ann].age, Some(42));
            s.rollback().await?;
            assert_eq!(s[ann].age, Some(41));
            s.commit().await?;
            assert_eq!(User::find(1).one(db).await?, s[ann]);
        }
    }

    async fn a_savepoint_undoes_it(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Anna".into();
        let mut savepoint = s.begin_savepoint().await?;
        User::update().set(|u| u.age.to(u.age + 1)).all_rows().execute(&mut savepoint).await?;
        User::query().track(&mut savepoint).await?;
        assert_eq!(savepoint[ann].age, Some(42));
        savepoint.rollback().await?;
        assert_eq!((s[ann].age, s[ann].name.as_str()), (Some(41), "Anna"));
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?, s[ann]);
    }

    async fn what_others_set_is_not_undone_with_a_later_transaction(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        let mut savepoint = s.begin_savepoint().await?;
        savepoint[ann].name = "Anna".into();
        savepoint.flush().await?;
        savepoint.rollback().await?;
        s.commit().await?;
        User::update().filter(|u| u.id.eq(1)).set(|u| u.age.to(50)).execute(db).await?;
        User::query().track(&mut s).await?;
        s.rollback().await?;
        assert_eq!((s[ann].age, s[ann].name.as_str()), (Some(50), "Ann"));
    }

    async fn a_row_that_had_followed_a_deleted_one_is_out_of_date(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s.delete(ann)?;
        s.flush().await?;
        // The database has set it to NULL.
        let post = s.get::<Post>(3).await?;
        assert_eq!(s[post].reviewer_id, None);
        s.rollback().await?;
        s[post].title = "Bob's own".into();
        let error = s.commit().await.unwrap_err();
        assert!(error.is_stale(), "{error}");
        s.rollback().await?;
        s.refresh(post).discard_changes().await?;
        assert_eq!(s[post].reviewer_id, Some(1));
    }

    async fn so_is_one_that_is_only_linked(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        Post::update().set(|p| p.body.to("Text")).all_rows().execute(&mut s).await?;
        let post = s.get::<Post>(1).await?;
        s.rollback().await?;
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        s.link(post, |p| p.author(), dee)?;
        let error = s.commit().await.unwrap_err();
        assert!(error.is_stale(), "{error}");
    }

    async fn a_row_that_was_updated_after_a_statement_is_checked_as_it_was_before(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let post = s.get::<Post>(1).await?;
        Post::update().set(|p| p.published.to(false)).filter(|p| p.id.eq(2)).execute(&mut s).await?;
        s[post].title = "Hi".into();
        s.flush().await?;
        s.rollback().await?;
        // Posts have no version: the last one to write a column wins.
        Post::update().set(|p| p.body.to("Text")).filter(|p| p.id.eq(1)).execute(db).await?;
        assert_statements!(db, 1, s.commit().await?);
        let stored = Post::find(1).one(db).await?;
        assert_eq!((stored.title.as_str(), stored.body.as_deref()), ("Hi", Some("Text")));
    }

    async fn an_enum_is_undone_as_a_whole(db: Database) {
        db.create_tables::<Trip>().await?;
        for edits in [false, true] {
            let mut s = db.session();
            let trip = s.add(Trip::insert().way(Way::Walk { steps: 1 }));
            s.commit().await?;
            let trip = s.saved(trip)?;
            s[trip].way = Way::Ride { km: 1 };
            s.flush().await?;
            let other = if edits { Way::Ride { km: 9 } } else { Way::Walk { steps: 5 } };
            Trip::update().set(|t| t.way.to(other)).all_rows().execute(&mut s).await?;
            s.refresh(trip).await?;
            if edits {
                s[trip].way = Way::Ride { km: 2 };
            }
            s.rollback().await?;
            assert_eq!(s[trip].way, Way::Ride { km: if edits { 2 } else { 1 } });
            s.commit().await?;
            assert_eq!(Trip::find(s[trip].id).one(db).await?.way, s[trip].way);
        }
    }

    async fn an_update_makes_no_other_column_newer(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let post = s.get::<Post>(1).await?;
        Post::update().set(|p| p.body.to("Text")).filter(|p| p.id.eq(1)).execute(&mut s).await?;
        s[post].title = "Hi".into();
        s.flush().await?;
        Post::query().track(&mut s).await?;
        assert_eq!((s[post].title.as_str(), s[post].body.as_deref()), ("Hi", Some("Text")));
        s.commit().await?;
        // Nor what somebody else has set since the last transaction.
        Post::update().set(|p| p.body.to("More")).filter(|p| p.id.eq(1)).execute(db).await?;
        s[post].title = "Hello".into();
        s.flush().await?;
        Post::query().track(&mut s).await?;
        assert_eq!(s[post].body.as_deref(), Some("More"));
    }
}

//! Optimistic locking: rows that others change meanwhile.

use orm::prelude::*;

use super::models::*;
use crate::support::models::*;

on_every_backend! {
    async fn an_update_of_a_row_that_changed_is_refused(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s.commit().await?;
        User::update().set(|u| u.name.to("First")).filter(|u| u.id.eq(1)).execute(db).await?;
        s[ann].name = "Second".into();
        let error = s.commit().await.unwrap_err();
        assert!(error.is_stale(), "{error:?}");
        assert_eq!(
            error.to_string(),
            "the row with `id` 1 of `User` (table `users`) was changed or deleted since it was read; read it \
             again and repeat the change"
        );
        assert_eq!(error.columns(), ["id"]);
        s.rollback().await?;
        // The change is still pending, and succeeds once the row has been refreshed.
        s.refresh(ann).discard_changes().await?;
        assert_eq!((s[ann].name.as_str(), s[ann].version), ("First", 2));
        s[ann].name = "Second".into();
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.name, "Second");
    }

    async fn of_many_rows_the_one_that_changed_is_named(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let users = User::query().track(&mut s).await?;
        s.commit().await?;
        User::update().set(|u| u.name.to("Other")).filter(|u| u.id.eq(2)).execute(db).await?;
        for &user in &users {
            s[user].age = Some(1);
        }
        let error = s.flush().await.unwrap_err();
        assert!(error.is_stale() && error.to_string().starts_with("the row with `id` 2 of `User`"), "{error:?}");
        s.rollback().await?;
        assert_eq!(User::query().filter(|u| u.age.eq(1)).count(db).await?, 0);
    }

    async fn an_update_of_a_row_that_went_is_refused_without_a_version_too(db: Database) {
        db.create_tables::<Node>().await?;
        let mut s = db.session();
        let nodes: Vec<_> = (0..3).map(|n| s.add(Node::insert().name(format!("{n}")))).collect();
        s.commit().await?;
        Node::delete().filter(|n| n.id.eq(3)).execute(db).await?;
        for node in nodes {
            let node = s.saved(node)?;
            s[node].name.push('!');
        }
        let error = s.flush().await.unwrap_err();
        assert!(error.is_stale() && error.to_string().contains("`id` 3 of `Node`"), "{error:?}");
    }

    async fn a_delete_looks_at_the_version(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let (bob, cid) = (s.get::<User>(2).await?, s.get::<User>(3).await?);
        s.commit().await?;
        User::update().set(|u| u.name.to("Other")).filter(|u| u.id.eq(3)).execute(db).await?;
        s.delete(bob)?;
        s.delete(cid)?;
        let error = s.commit().await.unwrap_err();
        assert!(error.is_stale() && error.to_string().contains("`id` 3 of `User`"), "{error:?}");
        s.rollback().await?;
        assert_eq!(User::query().count(db).await?, 3);
        // Like an update, it looks at the version of a form.
        s.discard_changes();
        for (version, is_stale) in [(7, true), (1, false)] {
            s[bob].version = version;
            s.delete(bob)?;
            assert_eq!(s.commit().await.is_err_and(|error| error.is_stale()), is_stale);
            s.rollback().await?;
            s.discard_changes();
        }
    }

    async fn keys_of_several_columns_are_named_whole(db: Database) {
        db.create_tables::<Seat>().await?;
        Seat::insert().hall("A").number(1).execute(db).await?;
        let mut s = db.session();
        let seat = s.get::<Seat>(("A", 1)).await?;
        s.commit().await?;
        Seat::delete().all_rows().execute(db).await?;
        s[seat].guest = Some("Ann".into());
        let error = s.flush().await.unwrap_err();
        assert!(error.to_string().starts_with("the row with `hall` \"A\" and `number` 1 of `Seat`"), "{error}");
    }

    async fn the_version_is_incremented_by_the_library(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        s[ann].version = 77;
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.version, 1);
        s[ann].name = "Zoe".into();
        s.commit().await?;
        assert_eq!((s[ann].version, User::find(1).one(db).await?.version), (2, 2));
    }

    async fn a_row_that_takes_the_place_of_another_has_its_own_version(db: Database) {
        shop(db).await?;
        let form = |users: &[User]| users.iter().map(|user| User { name: format!("{}!", user.name), ..user.clone() }).collect::<Vec<_>>();
        let read = User::query().order_by(|u| u.id.asc()).all(db).await?;
        let mut s = db.session();
        for user in form(&read) {
            let handle = s.get::<User>(user.id).await?;
            s[handle] = user;
        }
        s.commit().await?;
        assert_eq!(User::find(3).one(db).await?.name, "Cid!");
        // Doing the same again refers to versions that no longer exist.
        let before = User::query().order_by(|u| u.id.asc()).all(db).await?;
        for one in [true, false] {
            let mut s = db.session();
            let handles: Vec<Handle<User>> = User::query().order_by(|u| u.id.asc()).track(&mut s).await?;
            for (handle, user) in handles.into_iter().zip(form(&read)).take(if one { 1 } else { 3 }) {
                s[handle] = User { name: "Late".into(), ..user };
            }
            let error = s.commit().await.unwrap_err();
            assert!(error.is_stale() && error.to_string().contains("`id` 1 of `User`"), "{error:?}");
            s.rollback().await?;
            assert!(s.commit().await.unwrap_err().is_stale());
        }
        assert_eq!(User::query().order_by(|u| u.id.asc()).all(db).await?, before);
        // The tracked row is stale, and its replacement is not.
        let ann = s.get::<User>(1).await?;
        s.commit().await?;
        User::update().set(|u| u.name.to("Other")).filter(|u| u.id.eq(1)).execute(db).await?;
        s[ann] = User { name: "Anna".into(), ..User::find(1).one(db).await? };
        s.commit().await?;
        assert_eq!((s[ann].version, User::find(1).one(db).await?.name), (4, "Anna".to_owned()));
    }
}

on_servers! {
    async fn a_conflict_is_seen_behind_the_snapshot_of_the_transaction(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let mut s = db.transaction().isolation(RepeatableRead).session();
        let ann = s.get::<User>(1).await?;
        User::update().set(|u| u.name.to("First")).filter(|u| u.id.eq(1)).execute(db).await?;
        // Reads return the snapshot of the transaction's start; updates apply to the latest version.
        assert_eq!(User::find(1).one(&mut s).await?.name, "Ann");
        s[ann].name = "Second".into();
        let error = s.flush().await.unwrap_err();
        assert!(error.is_stale() || error.is_serialization(), "{error:?}");
        // So only a new transaction can resolve it.
        s.rollback().await?;
        s.refresh(ann).discard_changes().await?;
        assert_eq!(s[ann].name, "First");
        s[ann].name = "Second".into();
        s.commit().await?;
        assert_eq!(User::find(1).one(db).await?.name, "Second");
    }
}

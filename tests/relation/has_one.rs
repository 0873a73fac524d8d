//! `has_one`: one-to-one relations.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn reads(db: Database) {
        let users = shop(db).await?;
        let profile = Profile::insert().user(&users[1]).bio("of Bob").returning(db).await?;
        let all = User::query().order_by(|u| u.id.asc());
        let bios: Vec<Option<String>> = all.clone().select(|u| u.profile().bio).all(db).await?;
        assert_eq!(bios, [None, Some("of Bob".to_owned()), None]);
        assert_eq!(all.clone().filter(|u| u.profile().bio.contains("Bob")).one(db).await?, users[1]);
        let joined: Vec<(User, Profile)> = all.clone().join(|u| u.profile()).all(db).await?;
        let outer: Vec<(User, Option<Profile>)> = all.clone().left_join(|u| u.profile()).all(db).await?;
        assert_eq!((joined.len(), outer.len()), (1, 3));
        let loaded: Vec<(User, Option<Profile>)> = assert_statements!(db, 1, all.clone().with(|u| u.profile()).all(db).await?);
        assert_eq!(loaded, outer);
        let back: Vec<(Profile, User)> = assert_statements!(db, 1, Profile::query().with(|p| p.user()).all(db).await?);
        assert_eq!(back, [(profile.clone(), users[1].clone())]);
        // Nested in a to-one relation, in the same statement.
        let posts: Vec<(Post, (User, Option<Profile>))> =
            assert_statements!(db, 1, Post::query().order_by(|p| p.id.asc()).with(|p| p.author().with(|a| a.profile())).all(db).await?);
        assert_eq!(posts.iter().map(|(_, (_, profile))| profile.is_some()).collect::<Vec<_>>(), [false, false, true, false]);
        assert_eq!(users[1].profile().optional(db).await?, Some(profile.clone()));
        assert_eq!(users[0].profile().optional(db).await?, None);
        let of_rows: Vec<Option<Profile>> = assert_statements!(db, 1, User::load(&users, |u| u.profile()).all(db).await?);
        assert_eq!(of_rows, [None, Some(profile), None]);
    }

    async fn writes(db: Database) {
        let users = shop(db).await?;
        let mut s = db.session();
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        let profile = s.add(Profile::insert().user(dee).bio("of Dee"));
        assert_statements!(db, 2, s.commit().await?);
        let (dee, profile) = (s.saved(dee)?, s.saved(profile)?);
        let found: Vec<(Handle<User>, Option<Handle<Profile>>)> =
            User::query().filter(|u| u.id.ge(3)).order_by(|u| u.id.asc()).with(|u| u.profile()).track(&mut s).await?;
        assert_eq!((found[0].1, found[1]), (None, (dee, Some(profile))));
        // There is at most one, since its primary key is that of the user.
        let second = Profile::insert().user_id(s[dee].id).bio("another").execute(&mut s).await.unwrap_err();
        assert!(second.is_unique_violation());
        s.link(profile, |p| p.user(), found[0].0)?;
        s.commit().await?;
        assert_eq!(users[2].profile().one(db).await?, s[profile]);
        assert_eq!(User::query().filter(|u| u.profile().bio.is_null()).count(db).await?, 3);
    }
}

//! Optional `belongs_to`: a nullable foreign key.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn reads(db: Database) {
        let users = shop(db).await?;
        let posts = Post::query().order_by(|p| p.id.asc());
        let reviewers = [Some("Bob"), None, Some("Ann"), None].map(|name| name.map(str::to_owned));
        // Rows without a related row are kept, unless a condition refers to it.
        let names: Vec<Option<String>> = posts.clone().select(|p| p.reviewer().name).all(db).await?;
        assert_eq!(names, reviewers);
        let texts: Vec<Option<i32>> = posts.clone().select(|p| p.reviewer().age).all(db).await?;
        assert_eq!(texts, [Some(17), None, Some(41), None]);
        assert_eq!(posts.clone().filter(|p| p.reviewer().name.ne("Bob")).select(|p| p.title).all(db).await?, ["Bob's"]);
        assert_eq!(posts.clone().filter(|p| p.reviewer().name.is_null()).count(db).await?, 2);
        let sorted = Post::query().order_by(|p| (p.reviewer().name.asc().nulls_last(), p.id.asc())).select(|p| p.id);
        assert_eq!(sorted.all(db).await?, [3, 1, 2, 4]);

        let inner: Vec<(Post, User)> = posts.clone().join(|p| p.reviewer()).all(db).await?;
        let outer: Vec<(Post, Option<User>)> = posts.clone().left_join(|p| p.reviewer()).all(db).await?;
        assert_eq!((inner.len(), outer.len()), (2, 4));
        let loaded: Vec<(Post, Option<User>)> = assert_statements!(db, 1, posts.clone().with(|p| p.reviewer()).all(db).await?);
        assert_eq!(loaded, outer);
        let behind: Vec<(Post, Option<(User, Vec<Post>)>)> =
            assert_statements!(db, 2, posts.clone().with(|p| p.reviewer().with(|u| u.posts())).all(db).await?);
        assert_eq!(behind.iter().map(|(_, user)| user.as_ref().map(|(_, posts)| posts.len())).collect::<Vec<_>>(), [Some(1), None, Some(3), None]);

        let rows = posts.all(db).await?;
        assert_eq!(rows[0].reviewer().optional(db).await?, Some(users[1].clone()));
        assert_eq!(rows[1].reviewer().optional(db).await?, None);
        let of_rows: Vec<Option<User>> = assert_statements!(db, 1, Post::load(&rows, |p| p.reviewer()).all(db).await?);
        assert_eq!(of_rows.into_iter().map(|user| user.map(|user| user.name)).collect::<Vec<_>>(), reviewers);
        // No row has one, so there is no statement.
        let none = assert_statements!(db, 0, Post::load([&rows[1]], |p| p.reviewer()).all(db).await?);
        assert_eq!(none, [None]);
    }

    async fn writes(db: Database) {
        let users = shop(db).await?;
        let post = Post::insert().author(&users[0]).reviewer(&users[2]).title("x").returning(db).await?;
        assert_eq!(post.reviewer_id, Some(users[2].id));
        Post::insert().author(&users[0]).reviewer_id(None).title("y").execute(db).await?;
        let mut s = db.session();
        let handle = s.get::<Post>(post.id).await?;
        s.link(handle, |p| p.reviewer(), None)?;
        s.flush().await?;
        assert_eq!(s[handle].reviewer_id, None);
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        s.link(handle, |p| p.reviewer(), dee)?;
        assert_statements!(db, 2, s.commit().await?);
        assert_eq!(s[handle].reviewer().one(db).await?, s[s.saved(dee)?]);
        let cleared = Post::update().set(|p| p.reviewer_id.to(None)).filter(|p| p.reviewer().name.is_in(["Dee", "Bob"]));
        assert_eq!(cleared.execute(db).await?, 2);
        assert_eq!(Post::query().filter(|p| p.reviewer_id.is_not_null()).count(db).await?, 1);
    }
}

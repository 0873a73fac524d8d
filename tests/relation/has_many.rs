//! `has_many`: one-to-many relations.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

fn titles(posts: &[Post]) -> Vec<&str> {
    posts.iter().map(|post| post.title.as_str()).collect()
}

on_every_backend! {
    async fn reads(db: Database) {
        let users = shop(db).await?;
        let all = User::query().order_by(|u| u.id.asc());
        let numbers = all.clone().select(|u| (u.posts().count(), u.posts().max(|p| p.title), u.posts().count().gt(1).known()));
        let numbers: Vec<(i64, Option<String>, bool)> = assert_statements!(db, 1, numbers.all(db).await?);
        assert_eq!(numbers, [(3, Some("More".to_owned()), true), (1, Some("Bob's".to_owned()), false), (0, None, false)]);
        let joined: Vec<(User, Post)> = all.clone().join(|u| u.posts()).all(db).await?;
        let outer: Vec<(User, Option<Post>)> = all.clone().left_join(|u| u.posts()).all(db).await?;
        assert_eq!((joined.len(), outer.len()), (4, 5));
        let loaded: Vec<(User, Vec<Post>)> =
            assert_statements!(db, 2, all.clone().with(|u| u.posts().order_by(|p| p.id.asc())).all(db).await?);
        assert_eq!(loaded.iter().map(|(_, posts)| titles(posts)).collect::<Vec<_>>(), [vec!["Hello", "Draft", "More"], vec!["Bob's"], vec![]]);
        // A filtered relation has a different type, but takes as many statements.
        let part = all.clone().with(|u| u.posts().filter(|p| p.published.eq(true)).order_by(|p| p.title.desc()).limit(1));
        let part = assert_statements!(db, 2, part.all(db).await?);
        assert_eq!(part.iter().map(|(_, posts)| titles(posts)).collect::<Vec<_>>(), [vec!["More"], vec!["Bob's"], vec![]]);
        let deep = all.with(|u| u.posts().with(|p| p.comments())).with(|u| u.reviews());
        let deep: Vec<(User, Vec<(Post, Vec<Comment>)>, Vec<Post>)> = assert_statements!(db, 4, deep.all(db).await?);
        assert_eq!(deep.iter().flat_map(|(_, posts, _)| posts).map(|(_, comments)| comments.len()).sum::<usize>(), 3);
        // Without rows there is no second statement.
        let nobody = User::query().filter(|u| u.id.gt(99)).with(|u| u.posts().with(|p| p.comments()));
        assert!(assert_statements!(db, 1, nobody.all(db).await?).is_empty());
        assert_eq!(titles(&users[0].posts().filter(|p| p.published.is_false()).all(db).await?), ["Draft"]);
        let of_rows: Vec<Vec<Post>> = assert_statements!(db, 1, User::load(&users, |u| u.posts()).all(db).await?);
        assert_eq!(of_rows.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1, 0]);
    }

    async fn writes(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let graph: Vec<(Handle<User>, Vec<(Handle<Post>, Vec<Handle<Comment>>)>)> = assert_statements!(
            db,
            3,
            User::query().order_by(|u| u.id.asc()).with(|u| u.posts().order_by(|p| p.id.asc()).with(|p| p.comments().order_by(|c| c.id.asc()))).track(&mut s).await?
        );
        let (cid, (hello, comments)) = (graph[2].0, &graph[0].1[0]);
        s.link(*hello, |p| p.author(), cid)?; // taken from Ann, given to Cid
        s[comments[0]].text = "first".into();
        s.delete(comments[1])?;
        s.add(Comment::insert().post(*hello).text("last"));
        assert_statements!(db, 4, s.commit().await?);
        let cid: (User, Vec<(Post, Vec<Comment>)>) =
            User::find(3).with(|u| u.posts().with(|p| p.comments().order_by(|c| c.id.asc()))).one(db).await?;
        let texts: Vec<&str> = cid.1[0].1.iter().map(|comment| comment.text.as_str()).collect();
        assert_eq!((cid.1.len(), texts), (1, vec!["first", "last"]));
        // Read again, they are the same rows, now of a different user.
        let again: Vec<(Handle<User>, Vec<Handle<Post>>)> = User::query().filter(|u| u.id.eq(3)).with(|u| u.posts()).track(&mut s).await?;
        assert_eq!(again, [(graph[2].0, vec![*hello])]);
        // Updates and deletes can filter by them.
        let quiet = User::update().set(|u| u.age.to(99)).filter(|u| u.posts().none(|p| p.comments().count().gt(0)));
        assert_eq!(quiet.execute(&mut s).await?, 1); // Ann has no posts left
    }
}

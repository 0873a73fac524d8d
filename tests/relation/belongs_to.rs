//! `belongs_to`: many-to-one relations.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn reads(db: Database) {
        let users = shop(db).await?;
        let comments = Comment::query().order_by(|c| c.id.asc());
        // It is joined once, however often it is used.
        let rows = Comment::query().filter(|c| c.post().published.eq(true).and(c.post().title.ne("More")));
        let rows = rows.order_by(|c| (c.post().title.asc(), c.id.asc())).select(|c| (c.text, c.post().title, c.post().author().name));
        let sql = rows.to_sql(&orm::dialect::SQLITE)?;
        assert_eq!(sql.sql.matches("JOIN").count(), 2, "{}", sql.sql);
        let rows: Vec<(String, String, String)> = assert_statements!(db, 1, rows.all(db).await?);
        let expected = [("three", "Bob's", "Bob"), ("one", "Hello", "Ann"), ("two", "Hello", "Ann")];
        assert_eq!(rows, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));

        let pairs: Vec<(Comment, Post)> = assert_statements!(db, 1, comments.clone().join(|c| c.post()).all(db).await?);
        let loaded: Vec<(Comment, Post)> = assert_statements!(db, 1, comments.clone().with(|c| c.post()).all(db).await?);
        assert_eq!(pairs, loaded);
        let behind: Vec<(Comment, (Post, User))> =
            assert_statements!(db, 1, comments.clone().with(|c| c.post().with(|p| p.author())).all(db).await?);
        assert_eq!(behind.iter().map(|(_, (_, user))| user.name.as_str()).collect::<Vec<_>>(), ["Ann", "Ann", "Bob"]);

        let comment = comments.clone().first(db).await?.unwrap();
        assert_eq!(comment.post().one(db).await?, loaded[0].1);
        assert_eq!(comment.post().join(|p| p.author()).one(db).await?.1, users[0]);
        let rows = comments.all(db).await?;
        let of_rows: Vec<Post> = assert_statements!(db, 1, Comment::load(&rows, |c| c.post()).all(db).await?);
        assert_eq!(of_rows, loaded.into_iter().map(|(_, post)| post).collect::<Vec<_>>());
    }

    async fn writes(db: Database) {
        let users = shop(db).await?;
        let post = Post::find(1).one(db).await?;
        // A row, its key, or a row of a session.
        Comment::insert().post(&post).text("by row").execute(db).await?;
        Comment::insert().post_id(post.id).text("by key").execute(db).await?;
        let nowhere = Comment::insert().post_id(99).text("nowhere").execute(db).await.unwrap_err();
        assert!(nowhere.is_foreign_key_violation());
        let mut s = db.session();
        let handle = s.get::<Post>(post.id).await?;
        let new = s.add(Post::insert().author(&users[2]).title("New"));
        let comments = [s.add(Comment::insert().post(handle).text("by handle")), s.add(Comment::insert().post(new).text("by new"))];
        assert_statements!(db, 2, s.commit().await?);
        let [first, second] = [s.saved(comments[0])?, s.saved(comments[1])?];
        assert_eq!((s[first].post_id, s[second].post_id), (1, s[s.saved(new)?].id));
        s.link(first, |c| c.post(), new)?;
        assert_statements!(db, 1, s.commit().await?);
        assert_eq!(Comment::query().filter(|c| c.post().title.eq("New")).count(db).await?, 2);
        // In updates and deletes, too.
        let of_cid = Comment::update().set(|c| c.text.to("moved")).filter(|c| c.post().author().name.eq("Cid"));
        assert_eq!(of_cid.execute(db).await?, 2);
        assert_eq!(Comment::delete().filter(|c| c.post().author_id.eq(users[2].id)).execute(db).await?, 2);
    }
}

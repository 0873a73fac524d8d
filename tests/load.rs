//! Loading what relations lead to together with rows.

use orm::prelude::*;

use crate::support::models::*;

on_every_backend! {
    async fn children_of_all_rows(db: Database) {
        let users = shop(db).await?;
        let feed: Vec<(User, Vec<Post>)> =
            User::query().order_by(|u| u.id.asc()).with(|u| u.posts().order_by(|p| p.id.desc())).all(db).await?;
        assert_eq!(feed.iter().map(|(user, _)| user.clone()).collect::<Vec<_>>(), users);
        let titles: Vec<Vec<&str>> =
            feed.iter().map(|(_, posts)| posts.iter().map(|post| post.title.as_str()).collect()).collect();
        assert_eq!(titles, [vec!["More", "Draft", "Hello"], vec!["Bob's"], vec![]]);
        let filtered = User::query().with(|u| u.posts().filter(|p| p.published.is_false())).order_by(|u| u.id.asc());
        let counts: Vec<usize> = filtered.all(db).await?.iter().map(|(_, posts)| posts.len()).collect();
        assert_eq!(counts, [1, 0, 0]);
        let one = User::find(users[1].id).with(|u| u.posts()).one(db).await?;
        assert_eq!((one.0.name.as_str(), one.1.len()), ("Bob", 1));
        assert_eq!(User::query().with(|u| u.posts()).filter(|u| u.id.gt(99)).all(db).await?, []);
    }

    async fn parents_by_a_join(db: Database) {
        let users = shop(db).await?;
        let rows: Vec<(Post, User, Option<User>)> =
            Post::query().with(|p| p.author()).with(|p| p.reviewer()).order_by(|p| p.id.asc()).all(db).await?;
        assert_eq!(rows[0].1, users[0]);
        assert_eq!(rows[0].2.as_ref(), Some(&users[1]));
        assert_eq!(rows[1].2, None);
        assert_eq!(rows.len(), 4);
    }

    async fn nested_and_side_by_side(db: Database) {
        shop(db).await?;
        let rows: Vec<(User, Vec<(Post, Vec<Comment>)>, Vec<Post>)> = User::query()
            .order_by(|u| u.id.asc())
            .with(|u| u.posts().order_by(|p| p.id.asc()).with(|p| p.comments().order_by(|c| c.id.asc())))
            .with(|u| u.reviews())
            .all(db)
            .await?;
        let texts = |post: &(Post, Vec<Comment>)| post.1.iter().map(|comment| comment.text.clone()).collect::<Vec<_>>();
        assert_eq!(rows[0].1.iter().map(texts).collect::<Vec<_>>(), [vec!["one", "two"], vec![], vec![]]);
        assert_eq!(rows[1].1.iter().map(texts).collect::<Vec<_>>(), [vec!["three"]]);
        let reviews: Vec<usize> = rows.iter().map(|(_, _, reviews)| reviews.len()).collect();
        assert_eq!(reviews, [1, 1, 0]);
        let parts: Vec<(User, Vec<(Post, Option<User>)>)> =
            User::query().with(|u| u.posts().order_by(|p| p.id.asc()).with(|p| p.reviewer())).all(db).await?;
        let reviewer = parts[0].1[0].1.as_ref().map(|user| user.name.as_str());
        assert_eq!(reviewer, Some("Bob"));
    }

    async fn questions_about_related_rows(db: Database) {
        shop(db).await?;
        let names = async |query: Query<User>| query.order_by(|u| u.id.asc()).select(|u| u.name).all(db).await;
        assert_eq!(names(User::query().filter(|u| u.posts().any(|p| p.published.is_false()))).await?, ["Ann"]);
        assert_eq!(names(User::query().filter(|u| u.posts().none(|p| p.published.is_true()))).await?, ["Cid"]);
        assert_eq!(names(User::query().filter(|u| u.posts().every(|p| p.published.is_true()))).await?, ["Bob", "Cid"]);
        assert_eq!(names(User::query().filter(|u| u.posts().count().ge(3))).await?, ["Ann"]);
        // Unknown is not met: Bob's post has a reviewer, of whom nothing is known.
        assert_eq!(names(User::query().filter(|u| u.posts().every(|p| p.reviewer().age.gt(18)))).await?, ["Bob", "Cid"]);
        let counts: Vec<(String, i64)> =
            User::query().order_by(|u| u.posts().count().desc()).select(|u| (u.name, u.posts().count())).all(db).await?;
        assert_eq!(counts, [("Ann", 3), ("Bob", 1), ("Cid", 0)].map(|(name, count)| (name.to_owned(), count)));
    }

    async fn by_a_key_of_several_columns(db: Database) {
        use crate::tables::{Book, Shelf};
        db.create_tables::<(Shelf, Book)>().await?;
        let shelf = |room: &str, number| Shelf { room: room.into(), number, comment: None };
        let shelves = [shelf("A", 1), shelf("A", 2), shelf("B", 1)];
        Shelf::insert_all(&shelves).execute(db).await?;
        let books = [(0, "x"), (2, "y"), (2, "z")];
        let books = books.map(|(at, isbn)| Book::insert().shelf(&shelves[at]).isbn(isbn).copy(1).pages(5));
        Book::insert_all(books).execute(db).await?;
        let loaded: Vec<(Shelf, Vec<Book>)> = Shelf::query()
            .order_by(|s| (s.room.asc(), s.number.asc()))
            .with(|s| s.books().order_by(|b| b.id.asc()))
            .all(db)
            .await?;
        let isbns: Vec<Vec<&str>> =
            loaded.iter().map(|(_, books)| books.iter().map(|book| book.isbn.as_str()).collect()).collect();
        assert_eq!(isbns, [vec!["x"], vec![], vec!["y", "z"]]);
    }
}

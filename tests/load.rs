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

    async fn at_most_so_many_of_each(db: Database) {
        shop(db).await?;
        let titles = async |query: Query<User, (User, Vec<Post>)>| -> orm::Result<Vec<Vec<String>>> {
            let loaded = query.order_by(|u| u.id.asc()).all(db).await?;
            Ok(loaded.into_iter().map(|(_, posts)| posts.into_iter().map(|post| post.title).collect()).collect())
        };
        let newest = |rows| User::query().with(move |u| u.posts().order_by(|p| p.id.desc()).limit(rows));
        assert_eq!(titles(newest(2)).await?, [vec!["More", "Draft"], vec!["Bob's"], vec![]]);
        assert_eq!(titles(newest(0)).await?, [Vec::<String>::new(), vec![], vec![]]);
        assert_eq!(titles(newest(u64::MAX)).await?, [vec!["More", "Draft", "Hello"], vec!["Bob's"], vec![]]);
        let skipped = User::query().with(|u| u.posts().order_by(|p| p.title.asc()).limit(1).offset(1));
        assert_eq!(titles(skipped).await?, [vec!["Hello"], vec![], vec![]]);
        let rest = User::query().with(|u| u.posts().filter(|p| p.published.is_true()).order_by(|p| p.id.asc()).offset(1));
        assert_eq!(titles(rest).await?, [vec!["More"], vec![], vec![]]);
        let nested: Vec<(User, Vec<(Post, Vec<Comment>)>)> = User::query()
            .order_by(|u| u.id.asc())
            .with(|u| u.posts().order_by(|p| p.id.asc()).limit(1).with(|p| p.comments().order_by(|c| c.id.desc()).limit(1)))
            .all(db)
            .await?;
        assert_eq!(nested[0].1[0].1[0].text, "two");
        assert_eq!(nested.iter().map(|(_, posts)| posts.len()).collect::<Vec<_>>(), [1, 1, 0]);
        let with_author: Vec<(User, Vec<(Post, User)>)> =
            User::query().with(|u| u.posts().order_by(|p| p.author().name.asc()).limit(1).with(|p| p.author())).all(db).await?;
        assert!(with_author.iter().all(|(user, posts)| posts.iter().all(|(_, author)| author == user)));
    }

    /// Several rows that lead to one: each gets the whole of what lies behind it.
    async fn behind_a_relation_to_one(db: Database) {
        shop(db).await?;
        let posts = Post::query().order_by(|p| p.id.asc());
        let rows: Vec<(Post, (User, Vec<Post>), Option<(User, Vec<Post>)>)> = posts
            .clone()
            .with(|p| p.author().with(|a| a.posts().order_by(|p| p.id.asc())))
            .with(|p| p.reviewer().with(|r| r.posts().order_by(|p| p.id.asc())))
            .all(db)
            .await?;
        let titles = |posts: &[Post]| posts.iter().map(|post| post.title.clone()).collect::<Vec<_>>();
        let of_authors: Vec<_> = rows.iter().map(|(_, (_, posts), _)| titles(posts)).collect();
        let (of_ann, of_bob) = (vec!["Hello", "Draft", "More"], vec!["Bob's"]);
        assert_eq!(of_authors, [&of_ann, &of_ann, &of_bob, &of_ann].map(|titles| titles.clone()));
        let of_reviewers: Vec<_> =
            rows.iter().map(|(_, _, reviewer)| reviewer.as_ref().map(|(_, posts)| titles(posts).len())).collect();
        assert_eq!(of_reviewers, [Some(1), None, Some(3), None]);
        // The same by a chain that is written down.
        let chained: Vec<(Post, Vec<Post>)> = posts.clone().with(|p| p.author().posts()).all(db).await?;
        assert_eq!(chained.iter().map(|(_, posts)| posts.len()).collect::<Vec<_>>(), [3, 3, 1, 3]);
        let comments = Comment::query().order_by(|c| c.id.asc());
        let authors: Vec<(Comment, User)> = comments.clone().with(|c| c.post().author()).all(db).await?;
        assert_eq!(authors.iter().map(|(_, user)| user.name.as_str()).collect::<Vec<_>>(), ["Ann", "Ann", "Bob"]);
        let deep: Vec<(Comment, (Post, (User, Vec<Post>), Option<User>))> =
            comments.with(|c| c.post().with(|p| p.author().with(|a| a.posts())).with(|p| p.reviewer())).all(db).await?;
        assert_eq!(deep.iter().map(|(_, (_, (_, posts), _))| posts.len()).collect::<Vec<_>>(), [3, 3, 1]);
        assert_eq!(deep[2].1.2.as_ref().map(|user| user.name.as_str()), Some("Ann"));
    }

    async fn of_a_row_at_hand(db: Database) {
        let users = shop(db).await?;
        assert_eq!(users[0].posts().filter(|p| p.published.is_true()).count(db).await?, 2);
        assert_eq!(users[2].posts().all(db).await?, []);
        assert_eq!(users[0].profile().optional(db).await?, None);
        let posts = Post::query().order_by(|p| p.id.asc()).all(db).await?;
        assert_eq!(posts[2].author().one(db).await?, users[1]);
        assert_eq!(posts[0].reviewer().optional(db).await?.as_ref(), Some(&users[1]));
        assert_eq!(posts[1].reviewer().optional(db).await?, None);
        let pairs: Vec<(Post, User)> = users[0].posts().join(|p| p.author()).all(db).await?;
        assert_eq!(pairs.len(), 3);
    }
}

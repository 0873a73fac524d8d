//! Eager loading.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "workers", has_many(managed: Shop.manager, tended: Shop.cashier))]
struct Worker {
    #[orm(primary_key)]
    id: u32,
    name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "shops")]
struct Shop {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Worker)]
    manager_id: u32,
    #[orm(belongs_to = Worker)]
    cashier_id: Option<u32>,
}

#[derive(Model, Clone)]
#[orm(table = "parcels", has_many(things: Thing))]
struct Parcel {
    #[orm(primary_key)]
    id: Uuid,
}

#[derive(Model, Clone)]
#[orm(table = "things")]
struct Thing {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Parcel)]
    parcel_id: Uuid,
}

/// With a text key that is case-insensitive on servers.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "words", soft_delete = deleted_at, has_many(uses: Use))]
pub struct Word {
    #[orm(primary_key, length = 20)]
    pub word: String,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "uses")]
pub struct Use {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Word, length = 20)]
    pub word_id: String,
}

on_every_backend! {
    async fn children_of_all_rows(db: Database) {
        let users = shop(db).await?;
        let feed: Vec<(User, Vec<Post>)> = assert_statements!(db, 2, User::query().order_by(|u| u.id.asc()).with(|u| u.posts().order_by(|p| p.id.desc())).all(db).await?);
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

    async fn columns_of_children(db: Database) {
        let users = shop(db).await?;
        let by_key = || User::query().order_by(|u| u.id.asc());
        let titles = |u: UserFields| u.posts().order_by(|p| p.id.desc()).select(|p| p.title);
        let log = db.log();
        let feed: Vec<(User, Vec<String>)> = assert_statements!(db, 2, by_key().with(titles).all(db).await?);
        let text = &log.statements()[1].sql.replace(['`', '"'], "");
        assert!(text.starts_with("SELECT posts.author_id, posts.title FROM posts WHERE posts.author_id IN"), "{text}");
        let titles: Vec<&[String]> = feed.iter().map(|(_, titles)| titles.as_slice()).collect();
        assert_eq!(titles, [["More", "Draft", "Hello"].as_slice(), &["Bob's"], &[]]);
        // Expressions, rows of to-one relations, and aggregates of related rows; with a filter, an order and a limit.
        type Line = (u64, Option<String>, String, i64, Post);
        let newest = |u: UserFields| {
            let posts = u.posts().filter(|p| p.title.ne("More")).order_by(|p| p.id.desc()).limit(1);
            posts.select(|p| (p.id, p.reviewer().name, p.author().name.upper(), p.comments().count(), p))
        };
        let newest: Vec<(User, Vec<Line>)> = assert_statements!(db, 2, by_key().with(newest).all(db).await?);
        let lines = newest.iter().flat_map(|(_, lines)| lines).map(|(id, reviewer, author, comments, post)| {
            (*id, reviewer.as_deref(), author.as_str(), *comments, post.title.as_str())
        });
        let lines: Vec<_> = lines.collect();
        assert_eq!(lines, [(2, None, "ANN", 0, "Draft"), (3, Some("Ann"), "BOB", 1, "Bob's")]);
        // Beside other loads, nested in others, for loaded rows, and for several rows with the same key.
        let all = by_key().with(|u| u.profile()).with(|u| u.posts().order_by(|p| p.id.asc()).select(|p| p.id));
        assert_eq!(all.all(db).await?.iter().map(|(_, _, ids)| ids.len()).collect::<Vec<_>>(), [3, 1, 0]);
        let below = by_key().with(|u| u.posts().order_by(|p| p.id.asc()).with(|p| p.comments().order_by(|c| c.id.asc()).select(|c| c.text)));
        let below: Vec<(User, Vec<(Post, Vec<String>)>)> = assert_statements!(db, 3, below.all(db).await?);
        assert_eq!(below[0].1[0].1, ["one", "two"]);
        let of_rows = User::load(&users, |u| u.posts().order_by(|p| p.id.asc()).select(|p| p.id));
        assert_eq!(assert_statements!(db, 1, of_rows.all(db).await?), [vec![1, 2, 4], vec![3], vec![]]);
        let posts = Post::query().order_by(|p| p.id.asc()).with(|p| p.author().posts().order_by(|p| p.id.asc()).select(|p| p.id));
        let same: Vec<Vec<u64>> = posts.all(db).await?.into_iter().map(|(_, ids)| ids).collect();
        assert_eq!(same, [vec![1, 2, 4], vec![1, 2, 4], vec![3], vec![1, 2, 4]]);
    }

    async fn parents_by_a_join(db: Database) {
        let users = shop(db).await?;
        let rows: Vec<(Post, User, Option<User>)> = assert_statements!(db, 1, Post::query().with(|p| p.author()).with(|p| p.reviewer()).order_by(|p| p.id.asc()).all(db).await?);
        assert_eq!(rows[0].1, users[0]);
        assert_eq!(rows[0].2.as_ref(), Some(&users[1]));
        assert_eq!(rows[1].2, None);
        assert_eq!(rows.len(), 4);
    }

    async fn nested_and_side_by_side(db: Database) {
        shop(db).await?;
        let rows: Vec<(User, Vec<(Post, Vec<Comment>)>, Vec<Post>)> = assert_statements!(db, 4, User::query()
            .order_by(|u| u.id.asc())
            .with(|u| u.posts().order_by(|p| p.id.asc()).with(|p| p.comments().order_by(|c| c.id.asc())))
            .with(|u| u.reviews())
            .all(db)
            .await?);
        let texts = |post: &(Post, Vec<Comment>)| post.1.iter().map(|comment| comment.text.clone()).collect::<Vec<_>>();
        assert_eq!(rows[0].1.iter().map(texts).collect::<Vec<_>>(), [vec!["one", "two"], vec![], vec![]]);
        assert_eq!(rows[1].1.iter().map(texts).collect::<Vec<_>>(), [vec!["three"]]);
        let reviews: Vec<usize> = rows.iter().map(|(_, _, reviews)| reviews.len()).collect();
        assert_eq!(reviews, [1, 1, 0]);
        let parts: Vec<(User, Vec<(Post, Option<User>)>)> = assert_statements!(db, 2, User::query().with(|u| u.posts().order_by(|p| p.id.asc()).with(|p| p.reviewer())).all(db).await?);
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
        // An unknown condition does not match: Bob's post has a reviewer whose age is NULL.
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
        let loaded: Vec<(Shelf, Vec<Book>)> = assert_statements!(db, 2, Shelf::query()
            .order_by(|s| (s.room.asc(), s.number.asc()))
            .with(|s| s.books().order_by(|b| b.id.asc()))
            .all(db)
            .await?);
        let isbns: Vec<Vec<&str>> =
            loaded.iter().map(|(_, books)| books.iter().map(|book| book.isbn.as_str()).collect()).collect();
        assert_eq!(isbns, [vec!["x"], vec![], vec!["y", "z"]]);
    }

    /// A list that the server takes as one value needs one statement, however long it is; other lists are split by the
    /// maximum number of bind parameters.
    async fn by_keys_that_are_equal_to_the_database_only(db: Database) {
        db.create_tables::<(Word, Use)>().await?;
        let words = ["Ann", "Bob", "Cid"].map(|word| Word { word: word.into(), deleted_at: None });
        Word::insert_all(&words).execute(db).await?;
        let used = |id, word: &str| Use { id, word_id: word.into() };
        let inserted = Use::insert_all([used(1, "ANN"), used(2, "Ann"), used(3, "bob"), used(4, "ann")]).execute(db).await;
        if db.dialect().name == "SQLite" {
            assert!(inserted.unwrap_err().is_foreign_key_violation()); // letter case matters
            return Ok(());
        }
        inserted?;
        Word::delete().filter(|w| w.word.eq("Bob")).execute(db).await?;
        let ids = |loaded: Vec<(Word, Vec<Use>)>| -> Vec<Vec<u32>> {
            loaded.into_iter().map(|(_, uses)| uses.into_iter().map(|used| used.id).collect()).collect()
        };
        let all = || Word::query().with_deleted().order_by(|w| w.word.asc());
        // One more statement than for keys that are spelled the same.
        let loaded = assert_statements!(db, 3, all().with(|w| w.uses().order_by(|u| u.id.asc())).all(db).await?);
        assert_eq!(ids(loaded), [vec![1, 2, 4], vec![3], vec![]]);
        let newest = all().with(|w| w.uses().order_by(|u| u.id.desc()).limit(2));
        assert_eq!(ids(newest.all(db).await?), [vec![4, 2], vec![3], vec![]]);
        let of_rows = Word::load(&words, |w| w.uses().order_by(|u| u.id.asc())).all(db).await?;
        assert_eq!(of_rows.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1, 0]);
    }

    async fn by_more_keys_than_a_statement_binds(db: Database) {
        use crate::tables::{Book, Shelf};
        db.create_tables::<(Parcel, Thing, Shelf, Book)>().await?;
        let parcels: Vec<Parcel> = (1..=35_000).map(|id| Parcel { id: Uuid::from_u128(id) }).collect();
        Parcel::insert_all(&parcels).execute(db).await?;
        let things = (0..).zip(parcels.iter().step_by(7)).map(|(id, held)| Thing { id, parcel_id: held.id });
        Thing::insert_all(things).execute(db).await?;
        let statements = if db.dialect().name == "SQLite" { 4 } else { 3 };
        let loaded = assert_statements!(db, statements, Parcel::query().with(|p| p.things()).all(db).await?);
        assert_eq!(loaded.len(), parcels.len());
        for (held, things) in &loaded {
            let expected = held.id.as_u128() % 7 == 1;
            assert!(things.len() == usize::from(expected) && things.iter().all(|thing| thing.parcel_id == held.id));
        }

        let shelves = (0..1_200).map(|number| Shelf { room: "A".into(), number, comment: None });
        Shelf::insert_all(shelves).execute(db).await?;
        let book = |n: u16| Book::insert().room("A").number(n).isbn(format!("{n}")).copy(1).pages(1);
        Book::insert_all((0..1_200).map(book)).execute(db).await?;
        let loaded = assert_statements!(db, 4, Shelf::query().with(|s| s.books()).all(db).await?);
        let right = |(shelf, books): &(Shelf, Vec<Book>)| books.len() == 1 && books[0].isbn == shelf.number.to_string();
        assert!(loaded.len() == 1_200 && loaded.iter().all(right));
    }

    async fn at_most_n_of_each(db: Database) {
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
        let nested: Vec<(User, Vec<(Post, Vec<Comment>)>)> = assert_statements!(db, 3, User::query()
            .order_by(|u| u.id.asc())
            .with(|u| u.posts().order_by(|p| p.id.asc()).limit(1).with(|p| p.comments().order_by(|c| c.id.desc()).limit(1)))
            .all(db)
            .await?);
        assert_eq!(nested[0].1[0].1[0].text, "two");
        assert_eq!(nested.iter().map(|(_, posts)| posts.len()).collect::<Vec<_>>(), [1, 1, 0]);
        let with_author: Vec<(User, Vec<(Post, User)>)> = assert_statements!(db, 2, User::query().with(|u| u.posts().order_by(|p| p.author().name.asc()).limit(1).with(|p| p.author())).all(db).await?);
        assert!(with_author.iter().all(|(user, posts)| posts.iter().all(|(_, author)| author == user)));
    }

    async fn limits_at_every_level_and_side_by_side(db: Database) {
        shop(db).await?;
        let rows: Vec<(User, Vec<(Post, Vec<Comment>, Option<User>, User)>, Vec<Post>, Vec<Post>)> = assert_statements!(db, 5, User::query()
            .order_by(|u| u.id.asc())
            .with(|u| {
                let busiest = u.posts().order_by(|p| (p.comments().count().desc(), p.id.desc())).limit(2);
                busiest.with(|p| p.comments().order_by(|c| c.id.desc()).limit(1)).with(|p| p.reviewer()).with(|p| p.author())
            })
            .with(|u| u.posts().order_by(|p| p.id.desc()).limit(1))
            .with(|u| u.reviews().order_by(|p| p.id.desc()).offset(1))
            .all(db)
            .await?);
        let (ann, busiest, newest, reviews) = &rows[0];
        assert_eq!(busiest.iter().map(|(post, ..)| post.title.as_str()).collect::<Vec<_>>(), ["Hello", "More"]);
        assert_eq!(busiest.iter().map(|(_, comments, ..)| comments.len()).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(busiest[0].1[0].text, "two");
        assert_eq!(busiest[0].2.as_ref().map(|user| user.name.as_str()), Some("Bob"));
        assert!(busiest[1].2.is_none() && busiest.iter().all(|(.., author)| author == ann));
        assert_eq!((newest[0].title.as_str(), newest.len(), reviews.len()), ("More", 1, 0));
        assert!(rows[2].1.is_empty());
    }

    /// A person who manages one shop and is the cashier of another is a single row, and each role has its own shops.
    async fn one_row_in_two_roles(db: Database) {
        db.create_tables::<(Worker, Shop)>().await?;
        let worker = |id, name: &str| Worker { id, name: name.into() };
        let workers = [worker(1, "Ann"), worker(2, "Bob"), worker(3, "Cid")];
        Worker::insert_all(&workers).execute(db).await?;
        let shop = |id, manager_id, cashier_id| Shop { id, manager_id, cashier_id };
        let shops = [shop(1, 1, Some(2)), shop(2, 2, Some(1)), shop(3, 1, Some(1)), shop(4, 3, None)];
        Shop::insert_all(&shops).execute(db).await?;

        let sorted = Shop::query().order_by(|s| s.id.asc());
        let rows: Vec<(Shop, Worker, Option<Worker>)> =
            assert_statements!(db, 1, sorted.clone().with(|s| s.manager()).with(|s| s.cashier()).all(db).await?);
        let names: Vec<(&str, Option<&str>)> =
            rows.iter().map(|(_, manager, cashier)| (manager.name.as_str(), cashier.as_ref().map(|c| c.name.as_str()))).collect();
        assert_eq!(names, [("Ann", Some("Bob")), ("Bob", Some("Ann")), ("Ann", Some("Ann")), ("Cid", None)]);
        let crossed = sorted.clone().filter(|s| s.manager().name.eq("Ann").and(s.cashier().name.ne("Ann")));
        assert_eq!(crossed.all(db).await?, [shops[0].clone()]);

        let both = Worker::query().order_by(|w| w.id.asc()).with(|w| w.managed().order_by(|s| s.id.asc())).with(|w| w.tended().order_by(|s| s.id.asc()));
        let both: Vec<(Worker, Vec<Shop>, Vec<Shop>)> = assert_statements!(db, 3, both.all(db).await?);
        let ids = |shops: &[Shop]| shops.iter().map(|shop| shop.id).collect::<Vec<_>>();
        let of = |index: usize| (ids(&both[index].1), ids(&both[index].2));
        assert_eq!([of(0), of(1), of(2)], [(vec![1, 3], vec![2, 3]), (vec![2], vec![1]), (vec![4], vec![])]);
        let deep = sorted.clone().with(|s| s.manager().with(|m| m.tended())).with(|s| s.cashier().with(|c| c.managed()));
        let deep: Vec<(Shop, (Worker, Vec<Shop>), Option<(Worker, Vec<Shop>)>)> = deep.all(db).await?;
        let counts: Vec<(usize, Option<usize>)> =
            deep.iter().map(|(_, (_, tended), cashier)| (tended.len(), cashier.as_ref().map(|(_, managed)| managed.len()))).collect();
        assert_eq!(counts, [(2, Some(1)), (1, Some(2)), (2, Some(2)), (0, None)]);

        let mut s = db.session();
        let tracked: Vec<(Handle<Shop>, Handle<Worker>, Option<Handle<Worker>>)> =
            sorted.with(|s| s.manager()).with(|s| s.cashier()).track(&mut s).await?;
        let (ann, bob) = (tracked[0].1, tracked[1].1);
        assert_eq!((tracked[0].2, tracked[1].2, tracked[2].1, tracked[2].2), (Some(bob), Some(ann), ann, Some(ann)));
        s[ann].name = "Ann Smith".into();
        s.commit().await?;
        assert_eq!(Shop::query().filter(|s| s.cashier().name.eq("Ann Smith")).count(db).await?, 2);
    }

    /// Several rows that reference the same one: each gets all the rows loaded below it.
    async fn nested_below_a_to_one_relation(db: Database) {
        shop(db).await?;
        let posts = Post::query().order_by(|p| p.id.asc());
        let rows: Vec<(Post, (User, Vec<Post>), Option<(User, Vec<Post>)>)> = assert_statements!(db, 3, posts
            .clone()
            .with(|p| p.author().with(|a| a.posts().order_by(|p| p.id.asc())))
            .with(|p| p.reviewer().with(|r| r.posts().order_by(|p| p.id.asc())))
            .all(db)
            .await?);
        let titles = |posts: &[Post]| posts.iter().map(|post| post.title.clone()).collect::<Vec<_>>();
        let of_authors: Vec<_> = rows.iter().map(|(_, (_, posts), _)| titles(posts)).collect();
        let (of_ann, of_bob) = (vec!["Hello", "Draft", "More"], vec!["Bob's"]);
        assert_eq!(of_authors, [&of_ann, &of_ann, &of_bob, &of_ann].map(|titles| titles.clone()));
        let of_reviewers: Vec<_> =
            rows.iter().map(|(_, _, reviewer)| reviewer.as_ref().map(|(_, posts)| titles(posts).len())).collect();
        assert_eq!(of_reviewers, [Some(1), None, Some(3), None]);
        // The same with an explicit chain of relations.
        let chained: Vec<(Post, Vec<Post>)> = assert_statements!(db, 2, posts.clone().with(|p| p.author().posts()).all(db).await?);
        assert_eq!(chained.iter().map(|(_, posts)| posts.len()).collect::<Vec<_>>(), [3, 3, 1, 3]);
        let comments = Comment::query().order_by(|c| c.id.asc());
        let authors: Vec<(Comment, User)> = assert_statements!(db, 1, comments.clone().with(|c| c.post().author()).all(db).await?);
        assert_eq!(authors.iter().map(|(_, user)| user.name.as_str()).collect::<Vec<_>>(), ["Ann", "Ann", "Bob"]);
        let deep: Vec<(Comment, (Post, (User, Vec<Post>), Option<User>))> = assert_statements!(db, 2, comments.with(|c| c.post().with(|p| p.author().with(|a| a.posts())).with(|p| p.reviewer())).all(db).await?);
        assert_eq!(deep.iter().map(|(_, (_, (_, posts), _))| posts.len()).collect::<Vec<_>>(), [3, 3, 1]);
        assert_eq!(deep[2].1.2.as_ref().map(|user| user.name.as_str()), Some("Ann"));
    }

    async fn of_what_is_computed_of_rows(db: Database) {
        let users = shop(db).await?;
        let query = User::query().order_by(|u| u.id.asc()).with(|u| u.posts().count()).with(|u| u.posts().max(|p| p.id));
        let whole: Vec<(User, i64, Option<u64>, Vec<Post>)> =
            assert_statements!(db, 2, query.clone().with(|u| u.posts()).all(db).await?);
        assert_eq!(whole.iter().map(|(_, count, newest, _)| (*count, *newest)).collect::<Vec<_>>(), [(3, Some(4)), (1, Some(3)), (0, None)]);
        assert!(whole.iter().zip(&users).all(|((user, count, _, posts), known)| user == known && usize::try_from(*count) == Ok(posts.len())));
        // With pages, cursors and chunks, too.
        assert_eq!(query.clone().page(2, 2, db).await?.rows, [(users[2].clone(), 0, None)]);
        let slice = query.clone().limit(1).after(None, db).await?;
        assert_eq!(query.clone().limit(1).after(slice.next.as_ref(), db).await?.rows[0].1, 1);
        let (mut stream, mut counts) = (query.stream(db).portions(2), Vec::new());
        while let Some((_, count, _)) = stream.next().await? {
            counts.push(count);
        }
        drop(stream);
        assert_eq!(counts, [3, 1, 0]);
        // For rows that are themselves loaded, with a limit for each.
        let nested = User::query().order_by(|u| u.id.asc()).with(|u| {
            let newest = u.posts().order_by(|p| p.id.desc()).limit(2);
            newest.with(|p| p.comments().filter(|c| c.text.ne("two")).count()).with(|p| p.author().name.upper()).with(|p| p.reviewer().name)
        });
        let nested: Vec<(User, Vec<(Post, i64, String, Option<String>)>)> = assert_statements!(db, 2, nested.all(db).await?);
        let of_ann: Vec<_> = nested[0].1.iter().map(|(post, count, author, _)| (post.id, *count, author.as_str())).collect();
        assert_eq!(of_ann, [(4, 0, "ANN"), (2, 0, "ANN")]);
        assert_eq!((nested[1].1[0].1, nested[1].1[0].3.as_deref()), (1, Some("Ann")));
        // For the row of an optional relation.
        let posts = Post::query().order_by(|p| p.id.asc());
        let reviewed: Vec<(Post, Option<(User, i64)>)> =
            assert_statements!(db, 1, posts.clone().with(|p| p.reviewer().with(|r| r.posts().count())).all(db).await?);
        assert_eq!(reviewed.iter().map(|(_, r)| r.as_ref().map(|(_, count)| *count)).collect::<Vec<_>>(), [Some(1), None, Some(3), None]);
        let rated: Vec<(Comment, (Post, (User, bool)))> = Comment::query().order_by(|c| c.id.asc())
            .with(|c| c.post().with(|p| p.author().with(|a| a.posts().any(|p| p.published.is_false()).known()))).all(db).await?;
        assert_eq!(rated.iter().map(|(_, (_, (_, drafts)))| *drafts).collect::<Vec<_>>(), [true, true, false]);
        // For rows that are already loaded.
        let counts: Vec<i64> = assert_statements!(db, 1, User::load(&users, |u| u.posts().count()).all(db).await?);
        assert_eq!(counts, [3, 1, 0]);
        let bob = db.scoped::<Post>(|p| p.author_id.eq(2));
        assert_eq!(User::find(1).with(|u| u.posts().count()).one(&bob).await?.1, 0);
        // In a graph.
        #[derive(orm::Graph)]
        struct Author {
            #[orm(root)]
            user: User,
            #[orm(load = |u| u.posts().count())]
            posts: i64,
            #[orm(load = |u| u.posts().filter(|p| p.published.is_true()).max(|p| p.title))]
            last: Option<String>,
        }
        let authors: Vec<Author> = assert_statements!(db, 1, User::query().order_by(|u| u.id.asc()).graph().all(db).await?);
        let seen: Vec<_> = authors.iter().map(|a| (a.user.id, a.posts, a.last.as_deref())).collect();
        assert_eq!(seen, [(1, 3, Some("More")), (2, 1, Some("Bob's")), (3, 0, None)]);
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
        let pairs: Vec<(Post, User)> = assert_statements!(db, 1, users[0].posts().join(|p| p.author()).all(db).await?);
        assert_eq!(pairs.len(), 3);
    }
}

//! Loading the related rows of several loaded rows.

use orm::assert_statements;
use orm::prelude::*;

use crate::load::{Use, Word};
use crate::many_to_many::{self, Article, Guest, Person, Room};
use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "shifts", has_many(orders: Order))]
struct Shift {
    #[orm(primary_key)]
    day: NaiveDate,
    #[orm(primary_key)]
    starts: NaiveTime,
    #[orm(primary_key)]
    since: DateTime<Utc>,
    #[orm(primary_key, precision = (12, 3))]
    wage: Decimal,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "orders", belongs_to(shift: Shift, by = (day, starts, since, wage)))]
struct Order {
    #[orm(primary_key)]
    id: u32,
    day: NaiveDate,
    starts: NaiveTime,
    since: DateTime<Utc>,
    #[orm(precision = (12, 3))]
    wage: Decimal,
}

fn titles(posts: &[Vec<Post>]) -> Vec<Vec<&str>> {
    posts.iter().map(|posts| posts.iter().map(|post| post.title.as_str()).collect()).collect()
}

on_every_backend! {
    async fn to_many_in_their_order(db: Database) {
        let mut users = shop(db).await?;
        users.reverse();
        let posts = assert_statements!(db, 1, User::load(&users, |u| u.posts().order_by(|p| p.id.asc())).all(db).await?);
        assert_eq!(titles(&posts), [vec![], vec!["Bob's"], vec!["Hello", "Draft", "More"]]);
        let newest = User::load(&users, |u| u.posts().order_by(|p| p.id.desc()).limit(1)).all(db).await?;
        assert_eq!(titles(&newest), [vec![], vec!["Bob's"], vec!["More"]]);
        // Any rows: some of a list, the same one twice, none.
        let twice = [&users[2], &users[1], &users[2]];
        let drafts = User::load(twice, |u| u.posts().filter(|p| p.published.is_false())).all(db).await?;
        assert_eq!(titles(&drafts), [vec!["Draft"], vec![], vec!["Draft"]]);
        let none = assert_statements!(db, 0, User::load(&[], |u| u.posts()).all(db).await?);
        assert!(none.is_empty());
    }

    async fn to_one_by_the_keys_at_hand(db: Database) {
        let users = shop(db).await?;
        let mut posts = Post::query().order_by(|p| p.id.asc()).all(db).await?;
        let authors: Vec<User> = assert_statements!(db, 1, Post::load(&posts, |p| p.author()).all(db).await?);
        assert_eq!(authors, [0, 0, 1, 0].map(|author| users[author].clone()));
        let reviewers: Vec<Option<User>> = Post::load(&posts, |p| p.reviewer()).all(db).await?;
        assert_eq!(reviewers, [Some(1), None, Some(0), None].map(|user| user.map(|user: usize| users[user].clone())));
        // Not saved: the value in memory counts.
        posts[1].author_id = users[2].id;
        assert_eq!(Post::load(&posts[1..2], |p| p.author()).all(db).await?, [users[2].clone()]);
        posts[1].author_id = 99;
        let error = Post::load(&posts, |p| p.author()).all(db).await.unwrap_err();
        assert!(error.is_not_found());
        assert_eq!(
            error.to_string(),
            "a required related row of `User` was not found: it does not exist, or is hidden, as by a scope \
             or a soft delete"
        );
        Profile::insert().user(&users[1]).bio("of Bob").execute(db).await?;
        let profiles: Vec<Option<Profile>> = User::load(&users, |u| u.profile()).all(db).await?;
        assert_eq!(profiles.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, false]);
    }

    async fn over_several_steps(db: Database) {
        let users = shop(db).await?;
        let comments = Comment::query().order_by(|c| c.id.desc()).all(db).await?;
        let authors: Vec<User> = assert_statements!(db, 1, Comment::load(&comments, |c| c.post().author()).all(db).await?);
        assert_eq!(authors, [1, 0, 0].map(|author| users[author].clone()));
        let siblings = Comment::load(&comments, |c| c.post().comments().order_by(|c| c.id.asc()));
        let siblings: Vec<Vec<Comment>> = assert_statements!(db, 2, siblings.all(db).await?);
        assert_eq!(siblings.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 2]);
        let reviewers: Vec<Option<User>> = Comment::load(&comments, |c| c.post().reviewer()).all(db).await?;
        assert_eq!(reviewers[0].as_ref(), Some(&users[0]));
        Comment::delete().filter(|c| c.id.eq(comments[0].id)).execute(db).await?;
        let gone = Comment::load(&comments, |c| c.post().author()).all(db).await.unwrap_err();
        assert_eq!(
            gone.to_string(),
            "a required related row of `Comment` was not found: it does not exist, or is hidden, as by a \
             scope or a soft delete"
        );
    }

    async fn with_nested_relations(db: Database) {
        let users = shop(db).await?;
        let deep = User::load(&users, |u| u.posts().order_by(|p| p.id.asc()).with(|p| p.comments()).with(|p| p.reviewer()));
        let deep: Vec<Vec<(Post, Vec<Comment>, Option<User>)>> = assert_statements!(db, 2, deep.all(db).await?);
        assert_eq!(deep.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1, 0]);
        assert_eq!((deep[0][0].1.len(), deep[0][0].2.as_ref()), (2, Some(&users[1])));
        let posts = Post::query().order_by(|p| p.id.asc()).all(db).await?;
        let authors = Post::load(&posts, |p| p.author().with(|a| a.posts()));
        let authors: Vec<(User, Vec<Post>)> = assert_statements!(db, 2, authors.all(db).await?);
        assert_eq!(authors.iter().map(|(_, posts)| posts.len()).collect::<Vec<_>>(), [3, 3, 1, 3]);
        let reviewers = Post::load(&posts, |p| p.reviewer().with(|r| r.posts()));
        let reviewers: Vec<Option<(User, Vec<Post>)>> = reviewers.all(db).await?;
        assert_eq!(reviewers[0].as_ref().map(|(_, posts)| posts.len()), Some(1));
        assert!(reviewers[1].is_none());
    }

    async fn through_join_models(db: Database) {
        let all = many_to_many::articles(db).await?;
        let tags = assert_statements!(db, 1, Article::load(&all, |a| a.tags().order_by(|t| t.word.asc())).all(db).await?);
        let words: Vec<Vec<&str>> = tags.iter().map(|tags| tags.iter().map(|tag| tag.word.as_str()).collect()).collect();
        assert_eq!(words, [vec!["rust", "sql"], vec!["sql"], vec![]]);
        let people = many_to_many::people(db).await?;
        let followers = Person::load(people.iter().rev(), |p| p.followers().order_by(|f| f.id.asc())).all(db).await?;
        assert_eq!(followers, [vec![people[0].clone()], vec![], vec![people[1].clone(), people[2].clone()]]);
    }

    async fn by_keys_of_several_columns(db: Database) {
        let (rooms, guests) = many_to_many::rooms(db).await?;
        let found: Vec<Vec<Guest>> = Room::load(&rooms, |r| r.guests().order_by(|g| g.id.asc())).all(db).await?;
        assert_eq!(found, [vec![guests[0].clone()], vec![], guests.to_vec()]);
        let stays = many_to_many::Stay::query().order_by(|s| s.id.asc()).all(db).await?;
        let found: Vec<Room> = many_to_many::Stay::load(&stays, |s| s.room()).all(db).await?;
        assert_eq!(found, [0, 2, 2].map(|room| rooms[room].clone()));
    }

    async fn to_one_by_keys_that_are_equal_to_the_database_only(db: Database) {
        db.create_tables::<(Word, Use)>().await?;
        let word = Word { word: "Ann".into(), deleted_at: None };
        Word::insert_all([&word]).execute(db).await?;
        let used = |id, word: &str| Use { id, word_id: word.into() };
        let uses = [used(1, "ANN"), used(2, "Ann"), used(3, "ann"), used(4, "ANN")];
        if db.dialect().name == "SQLite" {
            let words = Use::load(&uses[1..2], |u| u.word()).all(db).await?;
            assert_eq!(words, [word]); // letter case matters
            return Ok(());
        }
        Use::insert_all(&uses).execute(db).await?;
        assert_eq!(Use::load(&uses, |u| u.word()).all(db).await?, vec![word.clone(); 4]);
        // One more statement than for keys that are spelled the same.
        let exact = assert_statements!(db, 1, Use::load(&uses[1..2], |u| u.word()).all(db).await?);
        let other = assert_statements!(db, 2, Use::load(&uses[2..3], |u| u.word()).all(db).await?);
        assert_eq!((&exact, exact.len()), (&other, 1));
        let nested: Vec<(Word, Vec<Use>)> = Use::load(&uses, |u| u.word().with(|w| w.uses().order_by(|u| u.id.asc()))).all(db).await?;
        assert_eq!(nested, vec![(word, uses.to_vec()); 4]);
        let gone = Use::load(&[used(1, "Ann"), used(2, "Bob")], |u| u.word()).all(db).await.unwrap_err();
        assert!(gone.is_not_found(), "{gone:?}");
    }

    async fn by_dates_and_exact_numbers(db: Database) {
        db.create_tables::<(Shift, Order)>().await?;
        let day = |day| NaiveDate::from_ymd_opt(2024, 2, day).unwrap();
        let shift = |nr, wage: &str| Shift {
            day: day(nr),
            starts: NaiveTime::from_hms_opt(8, 0, nr).unwrap(),
            since: day(1).and_hms_micro_opt(0, 0, 0, nr).unwrap().and_utc(),
            wage: wage.parse().unwrap(),
        };
        let shifts = [shift(1, "12.5"), shift(2, "12.50"), shift(3, "0")];
        Shift::insert_all(&shifts).execute(db).await?;
        let order = |id, of: &Shift| Order { id, day: of.day, starts: of.starts, since: of.since, wage: of.wage };
        let orders = [order(1, &shifts[1]), order(2, &shifts[0]), order(3, &shifts[1])];
        Order::insert_all(&orders).execute(db).await?;
        let of_each = [vec![orders[1].clone()], vec![orders[0].clone(), orders[2].clone()], vec![]];
        let loaded = Shift::query().order_by(|s| s.day.asc()).with(|s| s.orders().order_by(|o| o.id.asc()));
        let loaded = assert_statements!(db, 2, loaded.all(db).await?);
        assert_eq!(loaded, shifts.iter().cloned().zip(of_each.clone()).collect::<Vec<_>>());
        let first = Shift::query().order_by(|s| s.day.asc()).with(|s| s.orders().order_by(|o| o.id.asc()).limit(1));
        assert_eq!(first.all(db).await?.iter().map(|(_, orders)| orders.len()).collect::<Vec<_>>(), [1, 1, 0]);
        let loaded = Shift::load(&shifts, |s| s.orders().order_by(|o| o.id.asc()));
        assert_eq!(assert_statements!(db, 1, loaded.all(db).await?), of_each);
        let loaded = assert_statements!(db, 1, Order::load(&orders, |o| o.shift()).all(db).await?);
        assert_eq!(loaded, [1, 0, 1].map(|shift| shifts[shift].clone()));
    }

    async fn tracked(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let users: Vec<Handle<User>> = User::query().order_by(|u| u.id.asc()).track(&mut s).await?;
        let posts: Vec<Vec<Handle<Post>>> = User::load(users.iter().map(|&user| &s[user]), |u| u.posts()).track(&mut s).await?;
        let first = posts[0][0];
        let authors: Vec<Handle<User>> = Post::load([&s[first]], |p| p.author()).track(&mut s).await?;
        assert_eq!(authors, [users[0]]);
        s[first].title = "Changed".into();
        s.commit().await?;
        assert_eq!(Post::query().filter(|p| p.title.eq("Changed")).count(db).await?, 1);
        // In a transaction, pending changes are flushed first.
        s.delete(first)?;
        let left = User::load([&s[users[0]]], |u| u.posts()).all(&mut s).await?;
        assert_eq!(left[0].len(), posts[0].len() - 1);
    }

    async fn more_rows_than_a_statement_binds(db: Database) {
        db.create_tables::<(User, Post)>().await?;
        let people = (1..=9_000u64).map(|id| User::insert().id(id).email(format!("{id}@example.org")).name("N"));
        User::insert_all(people).execute(db).await?;
        let posts = (1..=9_000u64).map(|id| Post::insert().author_id(9_001 - id).title(id.to_string()));
        Post::insert_all(posts).execute(db).await?;
        let users = User::query().order_by(|u| u.id.asc()).all(db).await?;
        let posts = assert_statements!(db, 1, User::load(&users, |u| u.posts()).all(db).await?);
        assert!(users.iter().zip(&posts).all(|(user, posts)| posts[0].title == (9_001 - user.id).to_string()));
    }

    async fn within_scopes(db: Database) {
        let users = shop(db).await?;
        let scoped = db.scoped::<Post>(|p| p.published.is_true());
        let posts = User::load(&users, |u| u.posts().order_by(|p| p.id.asc())).all(&scoped).await?;
        assert_eq!(titles(&posts), [vec!["Hello", "More"], vec!["Bob's"], vec![]]);
    }
}

//! N+1 queries: queries that are run once for each row of another one.

use std::sync::Arc;
use std::time::Duration;

use orm::dialect::Dialect;
use orm::driver::{BoxFuture, Connection, Driver};
use orm::prelude::*;
use orm::{NPlusOne, sql};

use crate::support::models::*;
use crate::tracing_events::Lines;

/// The same database, to be opened with different options.
#[derive(Debug)]
pub struct Same(pub Database);

impl Driver for Same {
    fn dialect(&self) -> &Dialect {
        self.0.driver().dialect()
    }

    fn connect(&self) -> BoxFuture<'_, orm::Result<Box<dyn Connection>>> {
        self.0.driver().connect()
    }
}

/// Creates the shop, and returns a database that denies the third query for a row.
async fn strict(db: &Database) -> orm::Result<Database> {
    shop(db).await?;
    Database::builder().n_plus_one(NPlusOne::Deny(3)).open_with(Arc::new(Same(db.clone())))
}

/// Runs something for each post; returns how often it succeeded, and the error that ended it.
async fn each(
    db: &Database,
    work: impl AsyncFn(Post) -> orm::Result<()>,
) -> orm::Result<(usize, Option<orm::Error>)> {
    let posts = Post::query().order_by(|p| p.id.asc()).all(db).await?;
    for (done, post) in posts.into_iter().enumerate() {
        if let Err(error) = work(post).await {
            assert!(error.is_n_plus_one(), "{error:?}");
            return Ok((done, Some(error)));
        }
    }
    Ok((4, None))
}

on_every_backend! {
    async fn are_found_on_a_database(db: Database) {
        let db = strict(db).await?;
        let line = line!() + 1;
        let (done, error) = each(&db, async |post| post.comments().all(&db).await.map(drop)).await?;
        let error = error.unwrap();
        assert_eq!(done, 2);
        let place = format!("tests/n_plus_one.rs:{line}:");
        assert!(error.to_string().contains(&format!("3 times in a row from {place}")), "{error}");
        assert!(error.sql().unwrap().contains("comments"), "{error:?}");
    }

    async fn are_found_whatever_reads_the_rows(db: Database) {
        let db = strict(db).await?;
        let of = |post: &Post| Comment::query().filter({ let id = post.id; move |c| c.post_id.eq(id) });
        let done = |found: (usize, Option<orm::Error>)| found.0;
        assert_eq!(done(each(&db, async |post| of(&post).first(&db).await.map(drop)).await?), 2);
        assert_eq!(done(each(&db, async |post| of(&post).count(&db).await.map(drop)).await?), 2);
        assert_eq!(done(each(&db, async |post| of(&post).exists(&db).await.map(drop)).await?), 2);
        assert_eq!(done(each(&db, async |post| of(&post).stream(&db).next().await.map(drop)).await?), 2);
        assert_eq!(done(each(&db, async |post| of(&post).with(|c| c.post()).all(&db).await.map(drop)).await?), 2);
        assert_eq!(done(each(&db, async |post| Post::load([&post], |p| p.comments()).all(&db).await.map(drop)).await?), 2);
        let raw = async |post: Post| {
            let id = post.id;
            sql!("SELECT text FROM {@Comment} WHERE post_id = {id}").all::<String>(&db).await.map(drop)
        };
        assert_eq!(done(each(&db, raw).await?), 2);
    }

    async fn are_found_in_a_session_which_goes_on(db: Database) {
        let db = strict(db).await?;
        let mut s = db.session();
        let posts = Post::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        let log = db.log();
        let mut refused = 0;
        for user in [1, 2, 3, 1] {
            refused += usize::from(s.get::<User>(user).await.is_err_and(|error| error.is_n_plus_one()));
        }
        assert_eq!((log.len(), refused), (2, 1), "{log}"); // the fourth one is in the session
        s[posts[1]].title = "Goes on".into();
        s.commit().await?;
        assert_eq!(Post::find(2).one(&db).await?.title, "Goes on");
    }

    async fn are_counted_by_session_and_by_task(db: Database) {
        let db = strict(db).await?;
        let requests = async |by: u64| {
            let mut s = db.session();
            User::find(by).optional(&mut s).await
        };
        for user in 1..=6 {
            requests(user).await?; // each in its own session
        }
        for user in 1..=6 {
            let db = db.clone();
            tokio::spawn(async move { User::find(user).optional(&db).await }).await.unwrap()?;
        }
    }

    async fn are_not_repetitions_with_equal_values(db: Database) {
        let db = strict(db).await?;
        for _ in 0..6 {
            Post::query().filter(|p| p.published.is_false()).first(&db).await?; // as in a job queue
        }
    }

    async fn are_not_repetitions_that_are_far_apart(db: Database) {
        let db = strict(db).await?;
        for user in 1..=4 {
            User::find(user).optional(&db).await?;
            tokio::time::sleep(Duration::from_millis(510)).await;
        }
    }

    async fn are_not_pages_and_slices(db: Database) {
        let db = strict(db).await?;
        let posts = Post::query().order_by(|p| p.id.asc());
        for page in 1..=4 {
            posts.clone().page(page, 1, &db).await?;
        }
        let (mut next, mut slices) = (None, 0);
        loop {
            next = posts.clone().limit(1).after(next.as_ref(), &db).await?.next;
            slices += 1;
            if next.is_none() {
                break;
            }
        }
        assert_eq!(slices, 4);
    }

    async fn are_not_changes_and_what_these_read(db: Database) {
        let db = strict(db).await?;
        for title in ["a", "b", "c", "d"] {
            Post::insert().author_id(1).title(title).returning(&db).await?;
            Post::update().set(|p| p.body.to(title)).filter(|p| p.title.eq(title)).returning(&db).await?;
            let mut s = db.session();
            s.add(Post::insert().author_id(1).title(title));
            s.commit().await?;
            sql!("UPDATE {@Post} SET published = 1 WHERE title = {title}").execute(&db).await?;
        }
    }

    async fn are_not_statements_of_one_load(db: Database) {
        let db = strict(db).await?;
        let feed = User::query().with(|u| u.posts().with(|p| p.comments()).with(|p| p.author())).with(|u| u.reviews());
        assert_eq!(feed.all(&db).await?.len(), 3);
    }
}

async fn warnings(url: &str) -> Vec<String> {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let db = Database::open(url).unwrap();
    shop(&db).await.unwrap();
    for id in 1..=30 {
        User::find(id).optional(&db).await.unwrap();
    }
    lines.text().lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn they_are_a_warning_for_each_place() {
    let lines = warnings("sqlite::memory:").await;
    let [warning] = &lines[..] else { panic!("{lines:?}") };
    for part in [
        "WARN orm: N+1: the same query was run 10 times in a row",
        "`.with(",
        "FROM \\\"users\\\"",
        "at=tests/n_plus_one.rs:",
    ] {
        assert!(warning.contains(part), "{warning}");
    }
}

#[tokio::test]
async fn the_number_is_an_option_and_so_is_off() {
    assert!(warnings("sqlite::memory:?n_plus_one=warn:31").await.is_empty());
    assert_eq!(warnings("sqlite::memory:?n_plus_one=warn:30").await.len(), 1);
    assert!(warnings("sqlite::memory:?n_plus_one=off").await.is_empty());
}

#[tokio::test]
async fn a_database_for_a_test_has_the_same_setting() {
    let db = Database::open("sqlite::memory:?n_plus_one=deny:2").unwrap();
    shop(&db).await.unwrap();
    let (db, mut refused) = (db.for_test().unwrap(), 0);
    for id in 1..=3 {
        refused += usize::from(User::find(id).one(&db).await.is_err());
    }
    assert_eq!(refused, 2);
}

#[test]
fn wrong_settings_are_refused() {
    let refused = |url: &str| Database::open(url).unwrap_err().to_string();
    let message = "the option `n_plus_one` is `often`; expected off, warn, deny, warn:20 or deny:20";
    assert_eq!(refused("sqlite::memory:?n_plus_one=often"), message);
    let message = "the option `n_plus_one` counts repetitions of a query: the number must be at least 2";
    assert_eq!(refused("sqlite::memory:?n_plus_one=deny:1"), message);
    assert!(refused("sqlite::memory:?n_plus_one=off:3").contains("expected off"));
}

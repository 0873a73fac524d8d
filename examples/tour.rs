//! A tour of the ORM: run it with `cargo run --example tour`.
//!
//! It runs on SQLite in memory; with `DATABASE_URL=mysql://root@localhost/test` on MySQL or MariaDB. Its tables begin
//! with `tour_`, and are dropped at the end.

#![allow(missing_docs, reason = "the fields of a model speak for themselves")]

use orm::Schema;
use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tour_users", has_many(posts: Post))]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 190)]
    pub email: String,
    pub name: String,
    pub age: Option<i32>,
    #[orm(default = now)]
    pub created_at: DateTime<Utc>,
    #[orm(version)]
    pub version: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tour_posts", index(author_id, published))]
pub struct Post {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = User, on_delete = cascade)]
    pub author_id: u64,
    pub title: String,
    pub body: Option<String>,
    #[orm(default = false)]
    pub published: bool,
}

#[tokio::main]
async fn main() -> orm::Result<()> {
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite::memory:".to_owned());
    // Opens no socket: the first statement does.
    tour(&Database::open(&url)?).await
}

/// The whole tour, on any database.
pub async fn tour(db: &Database) -> orm::Result<()> {
    db.drop_tables::<(User, Post)>().await?;
    db.create_tables::<(User, Post)>().await?;
    println!("tables created on {}", db.dialect().name);
    schema(db).await?;

    let (ann, bob) = inserts(db).await?;
    queries(db, &ann).await?;
    joins(db).await?;
    groups(db).await?;
    relations(db).await?;
    changes(db, &bob).await?;
    sessions(db, &ann).await?;
    unit_of_work(db, &ann).await?;
    transactions(db).await?;
    errors(db).await?;

    db.drop_tables::<(User, Post)>().await?;
    println!("\ntables dropped; that was the tour");
    Ok(())
}

/// Compares the database with the models, and reads its schema: for program start, or a test.
async fn schema(db: &Database) -> orm::Result<()> {
    Schema::verify::<(User, Post)>(db).await?;
    sql!("DROP TABLE tour_posts").execute(db).await?;
    if let Err(error) = Schema::verify::<(User, Post)>(db).await {
        println!("{error}"); // every difference, with the statements that fix it
    }
    db.create_tables::<Post>().await?;
    let found = Schema::reflect(db).await?;
    assert_eq!(found.table("tour_posts").map(|posts| posts.columns.len()), Some(5));
    Ok(())
}

async fn inserts(db: &Database) -> orm::Result<(User, User)> {
    heading("Inserts: a required column left out does not compile");
    let ann = User::insert().email("ann@example.org").name("Ann").age(41).returning(db).await?;
    println!("  stored, with what the database filled in: {ann:?}");
    let bob = User::insert().email("bob@example.org").name("Bob").returning(db).await?;
    let posts =
        ["Hello", "Again", "A third"].map(|title| Post::insert().author(&ann).title(title).published(true));
    let rows = Post::insert_all(posts).execute(db).await?;
    Post::insert().author(&bob).title("Draft").execute(db).await?;
    println!("  {rows} posts of Ann's in one statement, and one of Bob's");
    Ok((ann, bob))
}

async fn queries(db: &Database, ann: &User) -> orm::Result<()> {
    heading("Queries: each clause takes a closure over the columns in scope");
    let min_id: Option<u64> = None;
    let adults = User::query()
        .filter(|u| u.age.ge(18).and(u.name.starts_with("A")))
        .filter_some(min_id, |u, min| u.id.ge(min))
        .order_by(|u| (u.name.asc(), u.id.desc()))
        .limit(20);
    println!("  {}", adults.to_sql(db.dialect())?);
    let names: Vec<String> = adults.select(|u| u.name).all(db).await?;
    println!("  adults whose names begin with A: {names:?}");
    let found = User::find(ann.id).one(db).await?;
    println!("  found by key: {}; posts: {}", found.name, Post::query().count(db).await?);
    Ok(())
}

async fn joins(db: &Database) -> orm::Result<()> {
    heading("Joins: the closure's argument becomes a tuple, and so do the rows");
    let pairs: Vec<(Post, User)> = Post::query()
        .join(|p| p.author())
        .filter(|(p, a)| p.published.eq(true).and(a.age.ge(18)))
        .order_by(|(p, _)| p.id.asc())
        .all(db)
        .await?;
    for (post, author) in &pairs {
        println!("  {:8} by {}", post.title, author.name);
    }
    let rows: Vec<(String, Option<String>)> = User::query()
        .left_join(|u| u.posts())
        .filter(|(_, p)| p.published.eq(true).or(p.id.is_null()))
        .select(|(u, p)| (u.name, p.title))
        .limit(1)
        .all(db)
        .await?;
    println!("  an outer join makes its side optional, in the types too: {rows:?}");
    Ok(())
}

async fn groups(db: &Database) -> orm::Result<()> {
    heading("Groups: only the key and aggregates can be named");
    let per_author: Vec<(u64, i64, Option<u64>)> = Post::query()
        .group_by(|p| p.author_id)
        .having(|g| g.count().gt(0))
        .order_by(|g| g.count().desc())
        .select(|g| (g.key, g.count(), g.max(|p| p.id)))
        .all(db)
        .await?;
    println!("  author, posts, newest: {per_author:?}");
    Ok(())
}

async fn relations(db: &Database) -> orm::Result<()> {
    heading("Relations: inside filters, and loaded with the rows");
    let by_ann = Post::query().filter(|p| p.author().name.eq("Ann")).count(db).await?;
    let active = User::query().filter(|u| u.posts().any(|p| p.published.eq(true))).count(db).await?;
    let quiet = User::query()
        .filter(|u| Post::query().filter(|p| p.author_id.eq(u.id).and(p.published.eq(true))).is_absent())
        .select(|u| u.name)
        .all(db)
        .await?;
    println!("  {by_ann} posts by Ann; {active} active user; without a published post: {quiet:?}");
    let feed: Vec<(User, Vec<Post>)> =
        User::query().order_by(|u| u.id.asc()).with(|u| u.posts().order_by(|p| p.id.desc())).all(db).await?;
    for (user, posts) in &feed {
        let titles: Vec<&str> = posts.iter().map(|post| post.title.as_str()).collect();
        println!("  {} wrote {titles:?}", user.name);
    }
    Ok(())
}

async fn changes(db: &Database, bob: &User) -> orm::Result<()> {
    heading("Changes: without a filter they do not compile, unless all rows are meant");
    let changed = Post::update()
        .set(|p| (p.published.to(true), p.body.to(None)))
        .filter(|p| p.author_id.eq(bob.id))
        .execute(db)
        .await?;
    let deleted = Post::delete().filter(|p| p.title.eq("A third")).execute(db).await?;
    println!("  {changed} published, {deleted} deleted");
    Ok(())
}

async fn sessions(db: &Database, ann: &User) -> orm::Result<()> {
    heading("Sessions: one transaction, begun by the first statement");
    let mut s = db.session();
    User::update().set(|u| u.name.to("Ann Smith")).filter(|u| u.id.eq(ann.id)).execute(&mut s).await?;
    println!("  inside: {}", User::find(ann.id).one(&mut s).await?.name);
    s.rollback().await?;
    println!("  rolled back: {}", User::find(ann.id).one(&mut s).await?.name);
    User::update().set(|u| u.age.to(u.age + 1)).filter(|u| u.id.eq(ann.id)).execute(&mut s).await?;
    s.commit().await?;
    let stored = User::find(ann.id).one(db).await?;
    println!("  committed: age {:?}, version {}", stored.age, stored.version);
    Ok(())
}

async fn unit_of_work(db: &Database, ann: &User) -> orm::Result<()> {
    heading("A unit of work: rows with handles, changed in place; a flush sends what is different");
    let mut s = db.session();
    let hers =
        Post::query().filter(|p| p.author_id.eq(ann.id)).order_by(|p| p.id.desc()).track(&mut s).await?;
    let ann = s.get::<User>(ann.id).await?;
    s[ann].name = "Ann Smith".into();
    let cid = s.add(User::insert().email("cid@example.org").name("Cid"));
    let post = s.add(Post::insert().author(cid).title("By Cid")); // `cid` has no key yet
    s.link(hers[0], |p| p.author(), cid)?;
    println!("  to be sent: {}", s.changes());
    s.commit().await?;
    let (cid, post) = (s.saved(cid)?, s.saved(post)?);
    println!(
        "  {:?} is by user {}; {} has version {}",
        s[post].title, s[cid].id, s[ann].name, s[ann].version
    );
    s.delete(post)?;
    s.delete(cid)?; // deleted after the post, regardless of the order here
    s.rollback().await?;
    s.discard_changes();
    println!("  nothing deleted: {}", s[cid].name);
    Ok(())
}

async fn transactions(db: &Database) -> orm::Result<()> {
    heading("Transactions as closures: committed on Ok, rolled back on Err, panic and cancellation");
    let drafts = db
        .transaction()
        .isolation(Serializable)
        .retry(3)
        .run(async |mut tx| {
            let drafts = Post::query().filter(|p| p.published.eq(false)).count(&mut tx).await?;
            newest(&mut tx).await?;
            Ok(drafts)
        })
        .await?;
    println!("  {drafts} drafts; the same helper outside: {} posts", newest(db).await?.len());
    Ok(())
}

/// One function for a database, a session and a transaction.
async fn newest(on: impl Executor<'_>) -> orm::Result<Vec<Post>> {
    Post::query().order_by(|p| p.id.desc()).limit(5).all(on).await
}

async fn errors(db: &Database) -> orm::Result<()> {
    heading("Errors: their kind is what a program decides by");
    match User::insert().email("ann@example.org").name("Another Ann").execute(db).await {
        Err(error) if error.is_unique_violation() => println!("  {:?}: {error}", error.kind()),
        Err(error) => return Err(error),
        Ok(_) => println!("  (the e-mail was free)"),
    }
    match User::find(999).one(db).await {
        Err(error) => println!("  {:?}: {error}", error.kind()),
        Ok(user) => println!("  found {}", user.name),
    }
    Ok(())
}

fn heading(text: &str) {
    println!("\n{text}");
}

//! A blog: users, their posts, tags, attachments and comments, and who follows whom. It shows what relations can do,
//! from the models to a page for a web client; read it from top to bottom.
//!
//! ```sh
//! cargo run --example blog
//! ```
//!
//! It runs on SQLite in memory; with `DATABASE_URL=mysql://root@localhost/test` on MySQL or MariaDB. Its tables begin
//! with `blog_`, and are dropped at the end.

#![allow(missing_docs, reason = "the fields of a model speak for themselves")]

use orm::prelude::*;
use orm::{Graph, Schema, assert_statements};
use serde::Serialize;

// 1. Models. A foreign key names its target with `belongs_to`, and gets a method: `author_id` makes `author()`. The
//    other
//    end declares the inverse relations: `has_many`, `has_one`, and `many_to_many` through a join model.

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(
    table = "blog_users",
    has_one(profile: Profile),
    has_many(posts: Post, comments: Comment),
    many_to_many(followers: User, through = Follow, from = followed, to = follower),
    many_to_many(following: User, through = Follow, from = follower, to = followed)
)]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 60)]
    pub name: String,
}

/// One to one: the key of the profile is that of its user.
#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "blog_profiles")]
pub struct Profile {
    #[orm(primary_key, belongs_to = User, on_delete = cascade)]
    pub user_id: u64,
    pub about: String,
}

/// Who follows whom. Two foreign keys lead to the same model: each relation is named after its column, and `User` says
/// which one it means.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "blog_follows", primary_key(follower_id, followed_id))]
pub struct Follow {
    #[orm(belongs_to = User, on_delete = cascade)]
    pub follower_id: u64,
    #[orm(belongs_to = User, on_delete = cascade)]
    pub followed_id: u64,
}

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(
    table = "blog_posts",
    has_many(comments: Comment, attachments: Attachment),
    many_to_many(tags: Tag, through = PostTag)
)]
pub struct Post {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = User, on_delete = cascade)]
    pub author_id: u64,
    pub title: String,
    #[orm(default = false)]
    pub published: bool,
}

/// A comment may reply to another one: an optional foreign key to its own table.
#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "blog_comments", has_many(answers: Comment.answered))]
pub struct Comment {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Post, on_delete = cascade)]
    pub post_id: u64,
    #[orm(belongs_to = User, relation = author, on_delete = cascade)]
    pub user_id: u64,
    #[orm(belongs_to = Comment, relation = answered, on_delete = set_null)]
    pub answers_id: Option<u64>,
    pub text: String,
}

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "blog_tags", many_to_many(posts: Post, through = PostTag))]
pub struct Tag {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 40)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "blog_post_tags", primary_key(post_id, tag_id))]
pub struct PostTag {
    #[orm(belongs_to = Post, on_delete = cascade)]
    pub post_id: u64,
    #[orm(belongs_to = Tag, on_delete = cascade)]
    pub tag_id: u64,
}

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[orm(table = "blog_attachments")]
pub struct Attachment {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Post, on_delete = cascade)]
    pub post_id: u64,
    pub name: String,
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

type Blog = (User, Profile, Follow, Post, Comment, Tag, PostTag, Attachment);

#[tokio::main]
async fn main() -> orm::Result<()> {
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite::memory:".to_owned());
    blog(&Database::open(&url)?).await
}

/// The whole story, on any database.
pub async fn blog(db: &Database) -> orm::Result<()> {
    db.drop_tables::<Blog>().await?;
    db.create_tables::<Blog>().await?; // in the order of their foreign keys
    println!("The tables, for a README:\n\n{}", Schema::of::<Blog>(db.dialect())?.diagram().mermaid());

    let ann = write(db).await?;
    ask(db, &ann).await?;
    count(db).await?;
    load(db).await?;
    show_a_page(db).await?;
    load_later(db).await?;
    follow_and_forget(db, &ann).await?;

    db.drop_tables::<Blog>().await
}

// 2. Writing. A session takes new rows, which can reference each other before any of them has a key. The commit finds
//    the
//    order, and sends one statement per table.

async fn write(db: &Database) -> orm::Result<User> {
    heading("Writing: new rows point at one another; one statement for each table");
    let mut s = db.session();
    let [ann, bob, cid] = ["Ann", "Bob", "Cid"].map(|name| s.add(User::insert().name(name)));
    s.add(Profile::insert().user(ann).about("Writes about databases."));
    for (follower, followed) in [(bob, ann), (cid, ann), (ann, bob)] {
        s.add(Follow::insert().follower(follower).followed(followed));
    }
    let [rust, sql] = ["rust", "sql"].map(|word| s.add(Tag::insert().word(word)));

    let joins = s.add(Post::insert().author(ann).title("Joins").published(true));
    let types = s.add(Post::insert().author(ann).title("Types").published(true));
    s.add(Post::insert().author(ann).title("Unfinished"));
    let hello = s.add(Post::insert().author(bob).title("Hello").published(true));
    for (post, tag) in [(joins, sql), (types, rust), (types, sql)] {
        s.add(PostTag::insert().post(post).tag(tag));
    }
    s.add(Attachment::insert().post(joins).name("plan.txt").bytes(b"SCAN users"));
    let question = s.add(Comment::insert().post(joins).author(bob).text("Which index?"));
    s.add(Comment::insert().post(joins).author(ann).answered(question).text("That of the key."));
    s.add(Comment::insert().post(joins).author(cid).text("Thanks!"));
    s.add(Comment::insert().post(hello).author(ann).text("Welcome!"));

    println!("  to be sent: {}", s.changes());
    let log = db.log();
    s.commit().await?;
    println!("  {} statements: comments that answer others come after these", log.len());
    let ann = s.saved(ann)?;
    Ok(s[ann].clone())
}

// 3. Querying. Relations can be used inside conditions, without a join: `p.author().name` is the name of a post's
//    author,
//    and `u.posts().any(..)` tests the posts of a user. They can be chained to any depth.

async fn ask(db: &Database, ann: &User) -> orm::Result<()> {
    heading("Asking: relations inside of conditions");
    let by_ann = Post::query().filter(|p| p.author().name.eq("Ann")).count(db).await?;
    let on_anns_posts = Comment::query().filter(|c| c.post().author().name.eq("Ann")).count(db).await?;
    println!("  {by_ann} posts by Ann, {on_anns_posts} comments on them");

    let busy = User::query().filter(|u| u.posts().any(|p| p.published.is_true())).order_by(|u| u.id.asc());
    println!("  have published: {:?}", busy.select(|u| u.name).all(db).await?);
    let done = User::query().filter(|u| u.posts().every(|p| p.published.is_true())).order_by(|u| u.id.asc());
    println!("  have nothing unfinished: {:?}", done.select(|u| u.name).all(db).await?);

    // Of the users that Ann follows or who follow her: many-to-many relations of a model to itself.
    let feed = Post::query().filter(|p| p.author().followers().any(|f| f.id.eq(ann.id)));
    println!("  for Ann to read: {:?}", feed.select(|p| p.title).all(db).await?);
    let tagged = Post::query().filter(|p| p.tags().any(|t| t.word.eq("sql"))).order_by(|p| p.id.asc());
    println!("  about sql: {:?}", tagged.select(|p| p.title).all(db).await?);
    Ok(())
}

// 4. Counting. An aggregate over related rows is a value like any other: in selections, conditions and orders.

async fn count(db: &Database) -> orm::Result<()> {
    heading("Counting: over all related rows, or some of them");
    let users = User::query().order_by(|u| (u.posts().count().desc(), u.id.asc()));
    let numbers = users.select(|u| {
        (
            u.name,
            u.posts().filter(|p| p.published.is_true()).count(),
            u.followers().count(),
            u.comments().max(|c| c.text),
        )
    });
    for (name, posts, followers, comment) in numbers.all(db).await? {
        println!("  {name}: {posts} published, {followers} followers, last in the alphabet: {comment:?}");
    }
    Ok(())
}

// 5. Eager loading. `with` loads related rows together with the rows: to one by a join, to many with one more
//    statement,
//    however many rows there are. The type tells what was loaded. A limit applies to each parent.

async fn load(db: &Database) -> orm::Result<()> {
    heading("Loading: one statement a level");
    let front: Vec<(User, Option<Profile>, Vec<(Post, Vec<Comment>)>)> = assert_statements!(
        db,
        3,
        User::query()
            .order_by(|u| u.id.asc())
            .with(|u| u.profile())
            .with(|u| {
                let newest = u.posts().filter(|p| p.published.is_true()).order_by(|p| p.id.desc()).limit(2);
                newest.with(|p| p.comments().order_by(|c| c.id.asc()))
            })
            .all(db)
            .await?
    );
    for (user, profile, newest) in &front {
        println!("  {} ({})", user.name, profile.as_ref().map_or("no profile", |profile| &profile.about));
        for (post, comments) in newest {
            println!("    {}: {} comments", post.title, comments.len());
        }
    }
    Ok(())
}

// 6. A page. The same as structs of your own, ready for serde: a field is filled by the relation of its name, or as
//    `load`
//    says.

#[derive(Graph, Serialize, Debug)]
struct PostPage {
    #[orm(root)]
    #[serde(flatten)]
    post: Post,
    author: User,
    tags: Vec<Tag>,
    attachments: Vec<Attachment>,
    #[orm(load = |p| p.comments().filter(|c| c.answers_id.is_null()).order_by(|c| c.id.asc()))]
    comments: Vec<Thread>,
}

#[derive(Graph, Serialize, Debug)]
struct Thread {
    #[orm(root)]
    #[serde(flatten)]
    comment: Comment,
    author: User,
    answers: Vec<Comment>,
}

async fn show_a_page(db: &Database) -> orm::Result<()> {
    heading("A page: a struct of its own, for serde");
    // The post with its author; tags; attachments; comments with their authors; replies.
    let page: PostPage =
        assert_statements!(db, 5, Post::query().filter(|p| p.title.eq("Joins")).graph().one(db).await?);
    println!("{}", serde_json::to_string_pretty(&page).unwrap_or_default());
    Ok(())
}

// 7. Loading later. A row runs no hidden queries: related rows are loaded explicitly, with one statement, also for many
//    rows at once. (In debug builds, a loop with a query in it, the N+1 problem, is warned about.)

async fn load_later(db: &Database) -> orm::Result<()> {
    heading("Loading later: of a row, or of many at once");
    let bob = User::query().filter(|u| u.name.eq("Bob")).one(db).await?;
    let titles = bob.posts().select(|p| p.title).all(db).await?;
    println!("  by Bob: {titles:?}, and he follows {:?}", bob.following().select(|u| u.name).all(db).await?);

    let posts = Post::query().order_by(|p| p.id.asc()).all(db).await?;
    let tags: Vec<Vec<Tag>> =
        assert_statements!(db, 1, Post::load(&posts, |p| p.tags().order_by(|t| t.word.asc())).all(db).await?);
    for (post, tags) in posts.iter().zip(&tags) {
        println!("  {}: {:?}", post.title, tags.iter().map(|tag| &tag.word).collect::<Vec<_>>());
    }
    Ok(())
}

// 8. Changing. Links are rows like others; `track` hands what a query loads to a session, in the same shape. Which rows
//    are
//    deleted along with a row was declared with the foreign keys: `on_delete`.

async fn follow_and_forget(db: &Database, ann: &User) -> orm::Result<()> {
    heading("Changing: links are rows; what goes with a deleted row is declared");
    let mut s = db.session();
    let users: Vec<(Handle<User>, Vec<Handle<Post>>)> = User::query()
        .filter(|u| u.id.ne(ann.id))
        .order_by(|u| u.id.asc())
        .with(|u| u.posts())
        .track(&mut s)
        .await?;
    for (user, posts) in users {
        if posts.is_empty() {
            s.add(Post::insert().author(user).title("My first"));
        }
        for post in posts {
            s[post].title.push_str(" (edited)");
        }
    }
    println!("  to be sent: {}", s.changes());
    s.commit().await?;

    let counts = async || {
        Ok::<_, orm::Error>((
            Post::query().count(db).await?,
            Comment::query().count(db).await?,
            Follow::query().count(db).await?,
        ))
    };
    let before = counts().await?;
    User::delete().filter(|u| u.id.eq(ann.id)).execute(db).await?;
    let after = counts().await?;
    println!("  posts, comments and follows before Ann left: {before:?}, after: {after:?}");
    assert_eq!((before, after), ((5, 4, 3), (2, 0, 0)));
    Ok(())
}

fn heading(text: &str) {
    println!("\n{text}");
}

//! What the examples in the documentation share, compiled once: `shop.rs` brings it into each of them.

mod bank;

use orm::prelude::*;

pub use bank::{Account, AccountFields, bank};

/// Somebody who writes.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "users", has_many(posts: Post))]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 190)]
    pub email: String,
    pub name: String,
    pub age: Option<i32>,
}

/// What somebody wrote.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "posts")]
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

/// Runs an example on a database with Ann (41, id 1; posts "Hello", published, and "Draft") and Bob (no age, id 2).
///
/// # Panics
/// If the example fails.
pub fn run(example: impl AsyncFnOnce(&Database) -> orm::Result<()>) {
    let ran = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map(|runtime| runtime.block_on(async { example(&open().await?).await }));
    if !matches!(ran, Ok(Ok(()))) {
        panic!("{ran:#?}");
    }
}

async fn open() -> orm::Result<Database> {
    let db = Database::open("sqlite::memory:")?;
    db.create_tables::<(User, Post)>().await?;
    let ann = User::insert().email("ann@example.org").name("Ann").age(41).returning(&db).await?;
    User::insert().email("bob@example.org").name("Bob").execute(&db).await?;
    Post::insert().author(&ann).title("Hello").published(true).execute(&db).await?;
    Post::insert().author(&ann).title("Draft").execute(&db).await?;
    Ok(db)
}

// What the examples in the documentation share: included by each, so that they show only what they are about.
use orm::prelude::*;

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
#[allow(dead_code)]
fn run(example: impl AsyncFnOnce(&Database) -> orm::Result<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let result: orm::Result<()> = runtime.block_on(async {
        let db = Database::open("sqlite::memory:")?;
        db.create_tables::<(User, Post)>().await?;
        let ann = User::insert().email("ann@example.org").name("Ann").age(41).returning(&db).await?;
        User::insert().email("bob@example.org").name("Bob").execute(&db).await?;
        Post::insert().author(&ann).title("Hello").published(true).execute(&db).await?;
        Post::insert().author(&ann).title("Draft").execute(&db).await?;
        example(&db).await
    });
    result.unwrap();
}

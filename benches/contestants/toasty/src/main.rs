//! `toasty` 0.11 in a race; its MySQL driver is based on `sqlx`, its SQLite driver on `rusqlite`.
//!
//! As its guide recommends (tokio-rs.github.io/toasty): `get_by_id`, `create_many` for S3, `include` for S4
//! ("Preloading Associations"), `update_by_id`, `in_list`, and `Db::transaction`. A `Db` is always a pool: of one
//! connection here, and of 16 for S11; it pings none before use, as is its default. No TLS.
//!
//! On MySQL, `create_many` rejects rows whose keys the database generates, and advises to insert each on its own: so S3
//! does that there, in a transaction. Its MariaDB driver needs MariaDB 11.8, so the one for MySQL is used for both; S4
//! fails on a MariaDB, which does not support the `ROW(?)` that it writes.
//!
//! Left out: S2, since it has no outer join (its `include` is two statements); S6, since it renders nothing without a
//! database; S9, since it upserts row by row, and on MySQL not at all; S13, since it reads all rows at once or by
//! pages; S15, which would be S3; S16, since raw SQL returns no models; S12 and S17, which are about sessions.

use std::hint::black_box;
use std::mem::take;
use std::process::ExitCode;

use anyhow::Result;
use contestant::{Contestant, Person};
use serde::Serialize;
use toasty::{Db, Deferred};
use tokio::task::JoinSet;

fn main() -> ExitCode {
    contestant::main::<Toasty>()
}

#[derive(Debug, toasty::Model, Serialize)]
struct User {
    #[key]
    #[auto]
    id: u64,
    name: String,
    hair_color: Option<String>,
    #[has_many]
    #[serde(skip)]
    posts: Deferred<Vec<Post>>,
}

#[derive(Debug, toasty::Model, Serialize)]
struct Post {
    #[key]
    #[auto]
    id: u64,
    #[index]
    user_id: u64,
    #[belongs_to(key = user_id, references = id)]
    #[serde(skip)]
    user: Deferred<User>,
    title: String,
    body: Option<String>,
    #[has_many]
    #[serde(skip)]
    comments: Deferred<Vec<Comment>>,
}

#[derive(Debug, toasty::Model, Serialize)]
struct Comment {
    #[key]
    #[auto]
    id: u64,
    #[index]
    post_id: u64,
    #[belongs_to(key = post_id, references = id)]
    #[serde(skip)]
    post: Deferred<Post>,
    text: String,
}

/// A pool of one connection, and a larger one once it is needed.
struct Toasty {
    db: Db,
    pool: Option<Db>,
    url: String,
}

async fn connect(url: &str, connections: usize) -> Result<Db> {
    let mut builder = Db::builder();
    builder.models(toasty::models!(crate::*)).max_pool_size(connections);
    Ok(builder.connect(url).await?)
}

async fn rename(db: &mut Db, id: u64, name: &str) -> Result<()> {
    let mut transaction = db.transaction().await?;
    User::update_by_id(id).name(name).exec(&mut transaction).await?;
    Ok(transaction.commit().await?)
}

/// Separates a user from the related rows loaded with it, and returns both.
fn branch(mut user: User) -> (User, Vec<(Post, Vec<Comment>)>) {
    let with_comments = |mut post: Post| {
        let comments = take(&mut post.comments).into_inner();
        (post, comments)
    };
    let posts = take(&mut user.posts).into_inner();
    (user, posts.into_iter().map(with_comments).collect())
}

impl Contestant for Toasty {
    type User = User;
    type Pair = ();
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    async fn open(url: &str) -> Result<Self> {
        Ok(Toasty { db: connect(url, 1).await?, pool: None, url: url.to_owned() })
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        for statement in statements {
            if statement.starts_with("SELECT") {
                toasty::sql::query(statement).exec(&mut self.db).await?;
            } else {
                toasty::sql::statement(statement).exec(&mut self.db).await?;
            }
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        Ok(User::all().exec(&mut self.db).await?)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        if self.url.starts_with("sqlite:") {
            let mut many = User::create_many();
            for Person { name, hair_color } in people {
                many = many.with_item(|new| new.name(name).hair_color(hair_color));
            }
            many.exec(&mut self.db).await?;
            return Ok(());
        }
        let mut transaction = self.db.transaction().await?;
        for Person { name, hair_color } in people {
            User::create().name(name).hair_color(hair_color).exec(&mut transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn graph(&mut self) -> Result<Vec<Self::Branch>> {
        let users = User::all().include(User::fields().posts().comments()).exec(&mut self.db).await?;
        Ok(users.into_iter().map(branch).collect())
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        Ok(User::get_by_id(&mut self.db, id).await?)
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        rename(&mut self.db, id, name).await
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        Ok(User::update_by_id(id).name(name).exec(&mut self.db).await?)
    }

    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
        Ok(User::filter(User::fields().id().in_list(ids)).exec(&mut self.db).await?)
    }

    async fn crowd(&mut self, tasks: &[Vec<u64>]) -> Result<()> {
        let pool = match &self.pool {
            Some(pool) => pool,
            None => self.pool.insert(connect(&self.url, 16).await?),
        };
        let mut running = JoinSet::new();
        for ids in tasks {
            let (mut db, ids) = (pool.clone(), ids.clone());
            running.spawn(async move {
                for id in ids {
                    black_box(User::get_by_id(&mut db, id).await?);
                    rename(&mut db, id, "Eve").await?;
                }
                anyhow::Ok(())
            });
        }
        running.join_all().await.into_iter().collect()
    }
}

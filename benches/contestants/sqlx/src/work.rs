//! The work, on the database of the parent module.

use std::hint::black_box;

use anyhow::Result;
use contestant::by_hand::{FIND, LOAD, PAIRS, RENAME};
use contestant::{Contestant, Person, Search, nest};
use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Execute as _, Pool, QueryBuilder};
use tokio::task::JoinSet;

use super::{BIND_LIMIT, Connection, Database, Key, ON_CONFLICT, PoolOptions, options};
use crate::{Comment, Post, User};

/// A connection, and a pool once it is needed.
pub(crate) struct Sqlx {
    connection: Connection,
    pool: Option<Pool<Database>>,
    url: String,
}

fn pool(url: &str) -> Result<Pool<Database>> {
    let pool = PoolOptions::new().max_connections(16).test_before_acquire(false);
    Ok(pool.connect_lazy_with(options(url)?))
}

type PairRow = (u64, String, Option<String>, Option<u64>, Option<u64>, Option<String>, Option<String>);

fn pair((id, name, hair_color, post, user_id, title, body): PairRow) -> (User, Option<Post>) {
    let post = post.zip(user_id).zip(title).map(|((id, user_id), title)| Post { id, user_id, title, body });
    (User { id, name, hair_color }, post)
}

/// Returns a query that ends with a list of keys.
fn any_of(select: &str, keys: impl Iterator<Item = u64>) -> QueryBuilder<Database> {
    let mut query = QueryBuilder::new(select);
    query.push(" IN (");
    let mut list = query.separated(", ");
    for key in keys {
        list.push_bind(key as Key);
    }
    list.push_unseparated(")");
    query
}

fn insertion(people: &[Person]) -> QueryBuilder<Database> {
    let mut query = QueryBuilder::new("INSERT INTO users (name, hair_color) ");
    query.push_values(people, |mut row, person| {
        row.push_bind(&person.name).push_bind(&person.hair_color);
    });
    query
}

async fn find(connection: &mut Connection, id: u64) -> Result<User> {
    Ok(sqlx::query_as(FIND).bind(id as Key).fetch_one(connection).await?)
}

async fn update(connection: &mut Connection, id: u64, name: &str) -> Result<()> {
    sqlx::query(RENAME).bind(name).bind(id as Key).execute(connection).await?;
    Ok(())
}

async fn rename(connection: &mut Connection, id: u64, name: &str) -> Result<()> {
    let mut transaction = connection.begin().await?;
    update(&mut transaction, id, name).await?;
    Ok(transaction.commit().await?)
}

impl Contestant for Sqlx {
    type User = User;
    type Pair = (User, Option<Post>);
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    async fn open(url: &str) -> Result<Self> {
        Ok(Sqlx { connection: options(url)?.connect().await?, pool: None, url: url.to_owned() })
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        for statement in statements {
            sqlx::raw_sql(AssertSqlSafe(statement.as_str())).execute(&mut self.connection).await?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        Ok(sqlx::query_as(LOAD).fetch_all(&mut self.connection).await?)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<Self::Pair>> {
        let rows = sqlx::query_as(PAIRS).bind(above as Key).fetch_all(&mut self.connection).await?;
        Ok(rows.into_iter().map(pair).collect())
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        insertion(people).build().execute(&mut self.connection).await?;
        Ok(())
    }

    async fn graph(&mut self) -> Result<Vec<Self::Branch>> {
        let users = self.load().await?;
        let mut query = any_of(
            "SELECT id, user_id, title, body FROM posts WHERE user_id",
            users.iter().map(|user| user.id),
        );
        let posts: Vec<Post> = query.build_query_as().fetch_all(&mut self.connection).await?;
        let mut query =
            any_of("SELECT id, post_id, text FROM comments WHERE post_id", posts.iter().map(|post| post.id));
        let comments: Vec<Comment> = query.build_query_as().fetch_all(&mut self.connection).await?;
        let posts = nest(posts, |post| post.id, comments, |comment| comment.post_id);
        Ok(nest(users, |user| user.id, posts, |(post, _)| post.user_id))
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        find(&mut self.connection, id).await
    }

    fn build(&mut self, search: &Search<'_>) -> Result<(String, usize)> {
        let mut query = QueryBuilder::<Database>::new(
            "SELECT `comments`.`id`, `posts`.`title`, `posts`.`body`, `users`.`name`, `users_2`.`name` FROM `comments` \
             JOIN `posts` ON `posts`.`id` = `comments`.`post_id` JOIN `users` ON `users`.`id` = `posts`.`user_id` \
             JOIN `users` AS `users_2` ON `users_2`.`name` = `users`.`name` WHERE `posts`.`title` = ",
        );
        query.push_bind(search.title);
        query.push(" AND `comments`.`text` <> ").push_bind(search.text);
        query.push(" AND `comments`.`id` > ").push_bind(search.above as Key);
        query.push(" AND `users`.`name` = ").push_bind(search.name);
        query.push(" AND `users_2`.`id` > ").push_bind(search.above as Key);
        query.push(" AND `posts`.`body` IS NOT NULL ORDER BY `posts`.`title`, `comments`.`id` DESC");
        query.push(" LIMIT ").push_bind(search.rows as Key);
        query.push(" OFFSET ").push_bind((search.rows * search.page) as Key);
        let values = query.build().take_arguments().map_err(anyhow::Error::from_boxed)?;
        let values = values.map_or(0, |values| sqlx::Arguments::len(&values));
        Ok((query.into_string(), values))
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        rename(&mut self.connection, id, name).await
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        update(&mut self.connection, id, name).await
    }

    async fn upsert(&mut self, balances: &[(u64, i64)]) -> Result<()> {
        let mut query = QueryBuilder::new("INSERT INTO accounts (id, balance, version) ");
        query.push_values(balances, |mut row, (id, balance)| {
            row.push_bind(*id as Key).push_bind(balance).push("1");
        });
        query.push(ON_CONFLICT);
        query.build().execute(&mut self.connection).await?;
        Ok(())
    }

    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
        let mut query = any_of("SELECT id, name, hair_color FROM users WHERE id", ids.iter().copied());
        Ok(query.build_query_as().persistent(false).fetch_all(&mut self.connection).await?)
    }

    async fn crowd(&mut self, tasks: &[Vec<u64>]) -> Result<()> {
        let pool = match &self.pool {
            Some(pool) => pool,
            None => self.pool.insert(pool(&self.url)?),
        };
        let mut running = JoinSet::new();
        for ids in tasks {
            let (pool, ids) = (pool.clone(), ids.clone());
            running.spawn(async move {
                for id in ids {
                    black_box(find(&mut *pool.acquire().await?, id).await?);
                    rename(&mut *pool.acquire().await?, id, "Eve").await?;
                }
                anyhow::Ok(())
            });
        }
        running.join_all().await.into_iter().collect()
    }

    async fn stream(&mut self, mut give: impl FnMut(User)) -> Result<()> {
        let mut users = sqlx::query_as::<_, User>(LOAD).fetch(&mut self.connection);
        while let Some(user) = users.try_next().await? {
            give(user);
        }
        Ok(())
    }

    async fn bulk(&mut self, people: &[Person]) -> Result<()> {
        let mut transaction = self.connection.begin().await?;
        for people in people.chunks(BIND_LIMIT / 2) {
            insertion(people).build().execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn raw(&mut self, id: u64) -> Result<User> {
        self.find(id).await
    }
}

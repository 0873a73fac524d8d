//! The work, on the database of the parent module.

use std::hint::black_box;

use anyhow::Result;
use contestant::{Contestant, Person, Search};
use diesel::prelude::{
    BelongingToDsl as _, ExpressionMethods as _, GroupedBy as _, QueryDsl as _, QueryResult,
    SelectableHelper as _,
};
use diesel::query_builder::{QueryBuilder as _, QueryFragment as _};
use diesel_async::pooled_connection::bb8::Pool;
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncConnection as _, RunQueryDsl as _, SimpleAsyncConnection as _};
use futures_util::TryStreamExt as _;
use tokio::task::JoinSet;

use super::models::{Comment, Post, User, posts, search, users};
use super::{BACKEND, BIND_LIMIT, Builder, Connection, Key, SqlKey, address, connect, insert, upsert};

/// A connection, and a pool once it is needed.
pub(crate) struct DieselAsync {
    connection: Connection,
    pool: Option<Pool<Connection>>,
    url: String,
}

fn pool(url: &str) -> Pool<Connection> {
    let mut config = ManagerConfig::default();
    config.recycling_method = RecyclingMethod::Fast;
    let manager = AsyncDieselConnectionManager::new_with_config(address(url), config);
    Pool::builder().max_size(16).test_on_check_out(false).build_unchecked(manager)
}

async fn find(connection: &mut Connection, id: u64) -> QueryResult<User> {
    users::table.find(id as Key).select(User::as_select()).get_result(connection).await
}

async fn update(connection: &mut Connection, id: u64, name: &str) -> QueryResult<usize> {
    diesel::update(users::table.find(id as Key)).set(users::name.eq(name)).execute(connection).await
}

async fn rename(connection: &mut Connection, id: u64, name: &str) -> QueryResult<usize> {
    connection.transaction(async |connection| update(connection, id, name).await).await
}

impl Contestant for DieselAsync {
    type User = User;
    type Pair = (User, Option<Post>);
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    async fn open(url: &str) -> Result<Self> {
        Ok(DieselAsync { connection: connect(url).await?, pool: None, url: url.to_owned() })
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        for statement in statements {
            self.connection.batch_execute(statement).await?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        Ok(users::table.select(User::as_select()).load(&mut self.connection).await?)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<Self::Pair>> {
        let query = users::table.left_join(posts::table).filter(users::id.gt(above as Key));
        let query =
            query.order((users::id, posts::id)).select((User::as_select(), Option::<Post>::as_select()));
        Ok(query.load(&mut self.connection).await?)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        insert(&mut self.connection, people).await?;
        Ok(())
    }

    async fn graph(&mut self) -> Result<Vec<Self::Branch>> {
        let users = Contestant::load(self).await?;
        let connection = &mut self.connection;
        let posts = Post::belonging_to(&users).select(Post::as_select()).load(connection).await?;
        let comments = Comment::belonging_to(&posts).select(Comment::as_select()).load(connection).await?;
        let comments = comments.grouped_by(&posts);
        let posts = posts.into_iter().zip(comments).grouped_by(&users);
        Ok(users.into_iter().zip(posts).collect())
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        Ok(find(&mut self.connection, id).await?)
    }

    fn build(&mut self, asked: &Search<'_>) -> Result<(String, usize)> {
        let mut sql = Builder::default();
        search(asked).to_sql(&mut sql, &BACKEND)?;
        let sql = sql.finish();
        let values = sql.matches('?').count();
        Ok((sql, values))
    }

    fn compose(&mut self, asked: &Search<'_>) -> Result<()> {
        black_box(search(asked));
        Ok(())
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        rename(&mut self.connection, id, name).await?;
        Ok(())
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        update(&mut self.connection, id, name).await?;
        Ok(())
    }

    async fn upsert(&mut self, balances: &[(u64, i64)]) -> Result<()> {
        upsert(&mut self.connection, balances).await?;
        Ok(())
    }

    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
        let query = users::table.filter(users::id.eq_any(ids.iter().map(|&id| id as Key)));
        Ok(query.select(User::as_select()).load(&mut self.connection).await?)
    }

    async fn crowd(&mut self, tasks: &[Vec<u64>]) -> Result<()> {
        let pool = self.pool.get_or_insert_with(|| pool(&self.url));
        let mut running = JoinSet::new();
        for ids in tasks {
            let (pool, ids) = (pool.clone(), ids.clone());
            running.spawn(async move {
                for id in ids {
                    black_box(find(&mut *pool.get().await?, id).await?);
                    rename(&mut *pool.get().await?, id, "Eve").await?;
                }
                anyhow::Ok(())
            });
        }
        running.join_all().await.into_iter().collect()
    }

    async fn stream(&mut self, mut give: impl FnMut(User)) -> Result<()> {
        let mut users = users::table.select(User::as_select()).load_stream(&mut self.connection).await?;
        while let Some(user) = users.try_next().await? {
            give(user);
        }
        Ok(())
    }

    async fn bulk(&mut self, people: &[Person]) -> Result<()> {
        let inserted = async |connection: &mut Connection| {
            for people in people.chunks(BIND_LIMIT / 2) {
                insert(connection, people).await?;
            }
            QueryResult::Ok(())
        };
        Ok(self.connection.transaction(inserted).await?)
    }

    async fn raw(&mut self, id: u64) -> Result<User> {
        let query = diesel::sql_query("SELECT id, name, hair_color FROM users WHERE id = ?");
        Ok(query.bind::<SqlKey, _>(id as Key).get_result(&mut self.connection).await?)
    }
}

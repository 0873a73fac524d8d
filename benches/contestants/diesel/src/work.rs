//! The work, on the database of the parent module.

use std::hint::black_box;

use anyhow::Result;
use contestant::{Contestant, Person, Search};
use diesel::connection::{Connection as _, DefaultLoadingMode, SimpleConnection as _};
use diesel::prelude::*;
use diesel::query_builder::{QueryBuilder as _, QueryFragment as _};
use diesel::r2d2::{ConnectionManager, Pool};

use super::models::{Comment, Post, User, new_balances, new_users, posts, search, users};
use super::{BACKEND, BIND_LIMIT, Builder, Connection, Key, SqlKey, connect, upsert};

/// A connection, and a pool once it is needed.
pub(crate) struct Diesel {
    connection: Connection,
    pool: Option<Pool<ConnectionManager<Connection>>>,
    url: String,
}

fn pool(url: &str) -> Pool<ConnectionManager<Connection>> {
    let pool = Pool::builder().max_size(16).min_idle(Some(0)).test_on_check_out(false);
    pool.build_unchecked(ConnectionManager::new(url))
}

fn insert(connection: &mut Connection, people: &[Person]) -> QueryResult<usize> {
    diesel::insert_into(users::table).values(new_users(people)).execute(connection)
}

fn find(connection: &mut Connection, id: u64) -> QueryResult<User> {
    users::table.find(id as Key).select(User::as_select()).get_result(connection)
}

fn update(connection: &mut Connection, id: u64, name: &str) -> QueryResult<usize> {
    diesel::update(users::table.find(id as Key)).set(users::name.eq(name)).execute(connection)
}

fn rename(connection: &mut Connection, id: u64, name: &str) -> QueryResult<usize> {
    connection.transaction(|connection| update(connection, id, name))
}

impl Contestant for Diesel {
    type User = User;
    type Pair = (User, Option<Post>);
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    async fn open(url: &str) -> Result<Self> {
        Ok(Diesel { connection: connect(url)?, pool: None, url: url.to_owned() })
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        for statement in statements {
            self.connection.batch_execute(statement)?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        Ok(users::table.select(User::as_select()).load(&mut self.connection)?)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<Self::Pair>> {
        let query = users::table.left_join(posts::table).filter(users::id.gt(above as Key));
        let query =
            query.order((users::id, posts::id)).select((User::as_select(), Option::<Post>::as_select()));
        Ok(query.load(&mut self.connection)?)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        insert(&mut self.connection, people)?;
        Ok(())
    }

    async fn graph(&mut self) -> Result<Vec<Self::Branch>> {
        let users = self.load().await?;
        let posts = Post::belonging_to(&users).select(Post::as_select()).load(&mut self.connection)?;
        let comments =
            Comment::belonging_to(&posts).select(Comment::as_select()).load(&mut self.connection)?;
        let comments = comments.grouped_by(&posts);
        let posts = posts.into_iter().zip(comments).grouped_by(&users);
        Ok(users.into_iter().zip(posts).collect())
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        Ok(find(&mut self.connection, id)?)
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
        rename(&mut self.connection, id, name)?;
        Ok(())
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        update(&mut self.connection, id, name)?;
        Ok(())
    }

    async fn upsert(&mut self, balances: &[(u64, i64)]) -> Result<()> {
        upsert(&mut self.connection, new_balances(balances))?;
        Ok(())
    }

    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
        let ids = ids.iter().map(|&id| id as Key);
        Ok(users::table.filter(users::id.eq_any(ids)).select(User::as_select()).load(&mut self.connection)?)
    }

    async fn crowd(&mut self, tasks: &[Vec<u64>]) -> Result<()> {
        let pool = &*self.pool.get_or_insert_with(|| pool(&self.url));
        contestant::in_threads(pool.max_size() as usize, tasks, |ids| {
            for &id in ids {
                black_box(find(&mut *pool.get()?, id)?);
                rename(&mut *pool.get()?, id, "Eve")?;
            }
            Ok(())
        })
    }

    async fn stream(&mut self, mut give: impl FnMut(User)) -> Result<()> {
        let query = users::table.select(User::as_select());
        for user in query.load_iter::<_, DefaultLoadingMode>(&mut self.connection)? {
            give(user?);
        }
        Ok(())
    }

    async fn bulk(&mut self, people: &[Person]) -> Result<()> {
        self.connection.transaction(|connection| {
            for people in people.chunks(BIND_LIMIT / 2) {
                insert(connection, people)?;
            }
            Ok(())
        })
    }

    async fn raw(&mut self, id: u64) -> Result<User> {
        let query = diesel::sql_query("SELECT id, name, hair_color FROM users WHERE id = ?");
        Ok(query.bind::<SqlKey, _>(id as Key).get_result(&mut self.connection)?)
    }
}

//! The work, on the database of the module around.

use std::hint::black_box;

use anyhow::Result;
use contestant::{Contestant, Person, Search};
use diesel::connection::{Connection as _, DefaultLoadingMode, SimpleConnection as _};
use diesel::prelude::*;
use diesel::query_builder::{QueryBuilder as _, QueryFragment};
use diesel::r2d2::{ConnectionManager, Pool};
use serde::Serialize;

use super::{BACKEND, BIND_LIMIT, Backend, Builder, Connection, Key, SqlKey, connect, upsert};

diesel::table! {
    use diesel::sql_types::*;
    use super::SqlKey;

    users {
        id -> SqlKey,
        name -> Text,
        hair_color -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::SqlKey;

    posts {
        id -> SqlKey,
        user_id -> SqlKey,
        title -> Text,
        body -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::SqlKey;

    comments {
        id -> SqlKey,
        post_id -> SqlKey,
        text -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::SqlKey;

    accounts {
        id -> SqlKey,
        balance -> BigInt,
        version -> Integer,
    }
}

diesel::joinable!(posts -> users (user_id));
diesel::joinable!(comments -> posts (post_id));
diesel::allow_tables_to_appear_in_same_query!(users, posts, comments);

#[derive(Identifiable, Queryable, QueryableByName, Selectable, Serialize)]
#[diesel(table_name = users)]
pub(crate) struct User {
    id: Key,
    name: String,
    hair_color: Option<String>,
}

#[derive(Associations, Identifiable, Queryable, Selectable, Serialize)]
#[diesel(table_name = posts, belongs_to(User))]
pub(crate) struct Post {
    id: Key,
    user_id: Key,
    title: String,
    body: Option<String>,
}

#[derive(Associations, Identifiable, Queryable, Selectable, Serialize)]
#[diesel(table_name = comments, belongs_to(Post))]
pub(crate) struct Comment {
    id: Key,
    post_id: Key,
    text: String,
}

#[derive(Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
struct NewUser<'a> {
    name: &'a str,
    hair_color: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub(super) struct Balance {
    id: Key,
    balance: i64,
    version: i32,
}

/// A connection, and a pool which is empty until it is used.
pub(crate) struct Diesel {
    connection: Connection,
    pool: Pool<ConnectionManager<Connection>>,
}

fn insert(connection: &mut Connection, people: &[Person]) -> QueryResult<usize> {
    let rows: Vec<NewUser<'_>> = people
        .iter()
        .map(|person| NewUser { name: &person.name, hair_color: person.hair_color.as_deref() })
        .collect();
    diesel::insert_into(users::table).values(&rows).execute(connection)
}

fn find(connection: &mut Connection, id: u64) -> QueryResult<User> {
    users::table.find(id as Key).select(User::as_select()).first(connection)
}

fn update(connection: &mut Connection, id: u64, name: &str) -> QueryResult<usize> {
    diesel::update(users::table.find(id as Key)).set(users::name.eq(name)).execute(connection)
}

fn rename(connection: &mut Connection, id: u64, name: &str) -> QueryResult<usize> {
    connection.transaction(|connection| update(connection, id, name))
}

diesel::alias!(users as users_2: Users2);

/// The query of S6.
fn search<'a>(search: &Search<'a>) -> impl QueryFragment<Backend> + use<'a> {
    comments::table
        .inner_join(posts::table.inner_join(users::table))
        .inner_join(users_2.on(users_2.field(users::name).eq(users::name)))
        .filter(posts::title.eq(search.title))
        .filter(comments::text.ne(search.text))
        .filter(comments::id.gt(search.above as Key))
        .filter(users::name.eq(search.name))
        .filter(users_2.field(users::id).gt(search.above as Key))
        .filter(posts::body.is_not_null())
        .order((posts::title.asc(), comments::id.desc()))
        .select((comments::id, posts::title, posts::body, users::name, users_2.field(users::name)))
        .limit(search.rows as i64)
        .offset((search.rows * search.page) as i64)
}

impl Contestant for Diesel {
    type User = User;
    type Pair = (User, Option<Post>);
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    async fn open(url: &str) -> Result<Self> {
        let manager = ConnectionManager::new(url);
        let pool = Pool::builder().max_size(16).min_idle(Some(0)).test_on_check_out(false);
        Ok(Diesel { connection: connect(url)?, pool: pool.build_unchecked(manager) })
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
        let row = |&(id, balance): &(u64, i64)| Balance { id: id as Key, balance, version: 1 };
        upsert(&mut self.connection, &balances.iter().map(row).collect::<Vec<_>>())?;
        Ok(())
    }

    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
        let ids = ids.iter().map(|&id| id as Key);
        Ok(users::table.filter(users::id.eq_any(ids)).select(User::as_select()).load(&mut self.connection)?)
    }

    async fn crowd(&mut self, tasks: &[Vec<u64>]) -> Result<()> {
        let pool = &self.pool;
        contestant::in_threads(pool.max_size() as usize, tasks, |ids| {
            for &id in ids {
                black_box(find(&mut *pool.get()?, id)?);
                rename(&mut *pool.get()?, id, "Eve")?;
            }
            Ok(())
        })
    }

    async fn stream(&mut self) -> Result<usize> {
        let query = users::table.select(User::as_select());
        let mut count = 0;
        for user in query.load_iter::<_, DefaultLoadingMode>(&mut self.connection)? {
            black_box::<User>(user?);
            count += 1;
        }
        Ok(count)
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

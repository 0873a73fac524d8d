//! Handwritten code on `rusqlite`: statements from its cache, columns by index.

mod search;

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use contestant::by_hand::{self, Feed, PART};
use contestant::{Comment, Contestant, Person, Post, Search, User};
use rusqlite::{Connection, Row, params};

fn main() -> ExitCode {
    contestant::main::<Sqlite>()
}

struct Sqlite {
    connection: Connection,
    /// For the number of rows of the last insert.
    insert: (usize, String),
    upsert: (usize, String),
    held: HashMap<u64, User>,
}

impl Sqlite {
    fn execute(&self, sql: &str) -> Result<()> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    // SQLite's integers are signed, and so are rusqlite's.
    let id: i64 = row.get(0)?;
    Ok(User { id: id.cast_unsigned(), name: row.get(1)?, hair_color: row.get(2)? })
}

fn post(row: &Row<'_>) -> rusqlite::Result<Post> {
    let (id, user_id): (i64, i64) = (row.get(0)?, row.get(1)?);
    Ok(Post {
        id: id.cast_unsigned(),
        user_id: user_id.cast_unsigned(),
        title: row.get(2)?,
        body: row.get(3)?,
    })
}

fn pair(row: &Row<'_>) -> rusqlite::Result<(User, Option<Post>)> {
    let post = match (row.get::<_, Option<i64>>(3)?, row.get::<_, Option<i64>>(4)?) {
        (Some(id), Some(user_id)) => Some(Post {
            id: id.cast_unsigned(),
            user_id: user_id.cast_unsigned(),
            title: row.get(5)?,
            body: row.get(6)?,
        }),
        _ => None,
    };
    Ok((user(row)?, post))
}

fn comment(row: &Row<'_>) -> rusqlite::Result<Comment> {
    let (id, post_id): (i64, i64) = (row.get(0)?, row.get(1)?);
    Ok(Comment { id: id.cast_unsigned(), post_id: post_id.cast_unsigned(), text: row.get(2)? })
}

impl Sqlite {
    fn rows<T>(
        &self,
        sql: &str,
        keys: impl IntoIterator<Item = u64>,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let keys = rusqlite::params_from_iter(keys.into_iter().map(u64::cast_signed));
        let mut rows = statement.query(keys)?;
        let mut read_rows = Vec::new();
        while let Some(row) = rows.next()? {
            read_rows.push(read(row)?);
        }
        Ok(read_rows)
    }
}

impl Contestant for Sqlite {
    type User = User;
    type Pair = (User, Option<Post>);
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    async fn open(_: &str) -> Result<Self> {
        let connection = Connection::open_in_memory()?;
        // As in `orm`.
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(Sqlite {
            connection,
            insert: (0, String::new()),
            upsert: (0, String::new()),
            held: HashMap::new(),
        })
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        for statement in statements {
            self.connection.execute_batch(statement)?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        self.rows(by_hand::LOAD, [], user)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<(User, Option<Post>)>> {
        self.rows(by_hand::PAIRS, [above], pair)
    }

    async fn graph(&mut self) -> Result<Feed> {
        let users = self.rows(by_hand::LOAD, [], user)?;
        let posts = self.rows(&by_hand::posts_of(users.len()), users.iter().map(|user| user.id), post)?;
        let comments =
            self.rows(&by_hand::comments_of(posts.len()), posts.iter().map(|post| post.id), comment)?;
        Ok(by_hand::feed(users, posts, comments))
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        if self.insert.0 != people.len() {
            self.insert = (people.len(), by_hand::insert(people.len()));
        }
        let mut statement = self.connection.prepare_cached(&self.insert.1)?;
        let mut at = 0;
        for person in people {
            statement.raw_bind_parameter(at + 1, &person.name)?;
            statement.raw_bind_parameter(at + 2, &person.hair_color)?;
            at += 2;
        }
        statement.raw_execute()?;
        Ok(())
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        Ok(self.connection.prepare_cached(by_hand::FIND)?.query_row([id.cast_signed()], user)?)
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        // The transaction writes in the end anyway, and `orm` begins the same way.
        self.execute("BEGIN IMMEDIATE")?;
        self.connection.prepare_cached(by_hand::RENAME)?.execute(params![name, id.cast_signed()])?;
        self.execute("COMMIT")
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        self.connection.prepare_cached(by_hand::RENAME)?.execute(params![name, id.cast_signed()])?;
        Ok(())
    }

    async fn upsert(&mut self, balances: &[(u64, i64)]) -> Result<()> {
        if self.upsert.0 != balances.len() {
            let insert = by_hand::upsert(balances.len());
            let sql = format!("{insert} ON CONFLICT (id) DO UPDATE SET balance = balance + excluded.balance");
            self.upsert = (balances.len(), sql);
        }
        let mut statement = self.connection.prepare_cached(&self.upsert.1)?;
        for (at, (id, balance)) in balances.iter().enumerate() {
            statement.raw_bind_parameter(at * 2 + 1, id.cast_signed())?;
            statement.raw_bind_parameter(at * 2 + 2, balance)?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
        let ids = by_hand::filled(ids);
        self.rows(&by_hand::listed(ids.len()), ids, user)
    }

    fn build(&mut self, search: &Search<'_>) -> Result<(String, usize)> {
        let (sql, values) = search::push(search);
        Ok((sql, values.len()))
    }

    async fn stream(&mut self, mut give: impl FnMut(User)) -> Result<()> {
        let mut statement = self.connection.prepare_cached(by_hand::LOAD)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            give(user(row)?);
        }
        Ok(())
    }

    async fn bulk(&mut self, people: &[Person]) -> Result<()> {
        self.execute("BEGIN IMMEDIATE")?;
        for people in people.chunks(PART) {
            self.insert(people).await?;
        }
        self.execute("COMMIT")
    }

    async fn raw(&mut self, id: u64) -> Result<User> {
        self.find(id).await
    }

    async fn flush(&mut self, people: &[Person]) -> Result<()> {
        self.execute("BEGIN IMMEDIATE")?;
        self.insert(people).await?;
        self.execute("COMMIT")
    }

    async fn change(&mut self, accounts: u64) -> Result<()> {
        self.execute("BEGIN IMMEDIATE")?;
        let read = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
        for (id, balance, version) in self.rows(by_hand::ACCOUNTS, [accounts], read)? {
            let changed = self.connection.prepare_cached(by_hand::CHANGE)?.execute(params![
                balance + 1,
                id,
                version
            ])?;
            ensure!(changed == 1, "account {id} was changed meanwhile");
        }
        self.execute("COMMIT")
    }

    async fn hold(&mut self) -> Result<()> {
        self.held = self.load().await?.into_iter().map(|user| (user.id, user)).collect();
        Ok(())
    }

    async fn held(&mut self, id: u64) -> Result<u64> {
        Ok(self.held.get(&id).context("no such user")?.id)
    }
}

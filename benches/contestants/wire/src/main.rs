//! No driver: just enough of MySQL's protocol on tokio's socket, whose bytes are parsed into structs in the buffer.
//!
//! Not a usable client: it supports no passwords, two column types, and no answers except the expected ones. It shows
//! what the protocol allows.

mod cells;
mod connection;
mod packets;
mod value;

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use cells::Row;
use connection::Connection;
use contestant::by_hand::{self, Feed};
use contestant::{Comment, Contestant, Person, Post, User};
use value::Value;

fn main() -> ExitCode {
    contestant::main::<Wire>()
}

struct Wire(Connection);

impl Wire {
    /// Loads the rows that belong to some keys.
    async fn below<R: Row>(&mut self, sql: &str, keys: impl Iterator<Item = u64>) -> Result<Vec<R>> {
        let keys: Vec<Value<'_>> = keys.map(Value::Number).collect();
        let mut rows = Vec::new();
        self.0.execute(sql, &keys, |row| rows.push(row)).await?;
        Ok(rows)
    }
}

impl Contestant for Wire {
    type User = User;
    type Pair = ();
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    async fn open(url: &str) -> Result<Self> {
        Ok(Wire(Connection::open(url).await?))
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        for statement in statements {
            self.0.query(statement).await?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        let mut users = Vec::new();
        self.0.execute(by_hand::LOAD, &[], |user| users.push(user)).await?;
        Ok(users)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        let mut values = Vec::with_capacity(people.len() * 2);
        for person in people {
            values.push(Value::Text(&person.name));
            values.push(person.hair_color.as_deref().map_or(Value::Null, Value::Text));
        }
        self.0.execute(&by_hand::insert(people.len()), &values, |()| {}).await
    }

    async fn graph(&mut self) -> Result<Feed> {
        let users = self.load().await?;
        let posts: Vec<Post> =
            self.below(&by_hand::posts_of(users.len()), users.iter().map(|user| user.id)).await?;
        let comments: Vec<Comment> =
            self.below(&by_hand::comments_of(posts.len()), posts.iter().map(|post| post.id)).await?;
        Ok(by_hand::feed(users, posts, comments))
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        let mut found = None;
        self.0.execute(by_hand::FIND, &[Value::Number(id)], |user| found = Some(user)).await?;
        found.context("no such user")
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        self.0.query("BEGIN").await?;
        self.update(id, name).await?;
        self.0.query("COMMIT").await
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        self.0.execute(by_hand::RENAME, &[Value::Text(name), Value::Number(id)], |()| {}).await
    }

    async fn stream(&mut self, give: impl FnMut(User)) -> Result<()> {
        self.0.execute(by_hand::LOAD, &[], give).await
    }

    async fn raw(&mut self, id: u64) -> Result<User> {
        self.find(id).await
    }
}

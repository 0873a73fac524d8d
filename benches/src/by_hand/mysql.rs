//! By hand through `mysql_async`: one connection, held; every statement prepared once, and held too.

use std::collections::HashMap;
use std::hint::black_box;

use anyhow::{Context, Result, ensure};
use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Params, Statement, Value};
use orm::dialect::MYSQL;

use crate::client::{Client, PART};
use crate::models::{Comment, Feed, Person, Post, User};

/// A connection with its statements.
pub(crate) struct Mysql {
    connection: Conn,
    new_table: Vec<String>,
    load: Statement,
    pairs: Statement,
    posts: Option<Statement>,
    comments: Option<Statement>,
    find: Statement,
    rename: Statement,
    accounts: Statement,
    change: Statement,
    /// For as many rows as were inserted last.
    insert: Option<(usize, Statement)>,
    held: HashMap<u64, User>,
}

impl Mysql {
    /// Connects over TCP, as `orm` does: a Unix socket would be faster.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let mut connection = Conn::from_url(format!("{url}?prefer_socket=false")).await?;
        let new_table = super::new_table(&MYSQL)?;
        recreate(&mut connection, &new_table).await?;
        let load = connection.prep(super::LOAD).await?;
        let find = connection.prep(super::FIND).await?;
        let rename = connection.prep(super::RENAME).await?;
        let pairs = connection.prep(super::PAIRS).await?;
        let accounts = connection.prep(super::ACCOUNTS).await?;
        let change = connection.prep(super::CHANGE).await?;
        Ok(Mysql {
            connection,
            new_table,
            load,
            pairs,
            posts: None,
            comments: None,
            find,
            rename,
            accounts,
            change,
            insert: None,
            held: HashMap::new(),
        })
    }
}

async fn recreate(connection: &mut Conn, statements: &[String]) -> Result<()> {
    for statement in statements {
        connection.query_drop(statement).await?;
    }
    Ok(())
}

fn user((id, name, hair_color): (u64, String, Option<String>)) -> User {
    User { id, name, hair_color }
}

type PostRow = (u64, u64, String, Option<String>);

fn post((id, user_id, title, body): PostRow) -> Post {
    Post { id, user_id, title, body }
}

type PairRow = (u64, String, Option<String>, Option<u64>, Option<u64>, Option<String>, Option<String>);

fn pair((id, name, hair_color, post, user_id, title, body): PairRow) -> (User, Option<Post>) {
    let post = post.zip(user_id).zip(title).map(|((id, user_id), title)| Post { id, user_id, title, body });
    (User { id, name, hair_color }, post)
}

fn comment((id, post_id, text): (u64, u64, String)) -> Comment {
    Comment { id, post_id, text }
}

impl Client for Mysql {
    const NAME: &'static str = "mysql_async by hand";

    async fn empty(&mut self) -> Result<()> {
        recreate(&mut self.connection, &self.new_table).await
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        Ok(self.connection.exec_map(&self.load, (), user).await?)
    }

    async fn run(&mut self, sql: &str) -> Result<()> {
        Ok(self.connection.query_drop(sql).await?)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<(User, Option<Post>)>> {
        Ok(self.connection.exec_map(&self.pairs, (above,), pair).await?)
    }

    async fn graph(&mut self) -> Result<Feed> {
        let users: Vec<User> = self.connection.exec_map(&self.load, (), user).await?;
        let statement = match &self.posts {
            Some(statement) => statement,
            None => &*self.posts.insert(self.connection.prep(super::posts_of(users.len())).await?),
        };
        let keys = Params::Positional(users.iter().map(|user| user.id.into()).collect());
        let posts: Vec<Post> = self.connection.exec_map(statement, keys, post).await?;
        let statement = match &self.comments {
            Some(statement) => statement,
            None => &*self.comments.insert(self.connection.prep(super::comments_of(posts.len())).await?),
        };
        let keys = Params::Positional(posts.iter().map(|post| post.id.into()).collect());
        let comments: Vec<Comment> = self.connection.exec_map(statement, keys, comment).await?;
        Ok(super::feed(users, posts, comments))
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        let statement = match &self.insert {
            Some((rows, statement)) if *rows == people.len() => statement,
            _ => {
                let statement = self.connection.prep(super::insert(people.len())).await?;
                &self.insert.insert((people.len(), statement)).1
            }
        };
        let mut values: Vec<Value> = Vec::with_capacity(people.len() * 2);
        for person in people {
            values.push(person.name.as_str().into());
            values.push(person.hair_color.as_deref().into());
        }
        Ok(self.connection.exec_drop(statement, Params::Positional(values)).await?)
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        self.connection.exec_first(&self.find, (id,)).await?.map(user).context("no such user")
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        self.connection.query_drop("BEGIN").await?;
        self.connection.exec_drop(&self.rename, (name, id)).await?;
        Ok(self.connection.query_drop("COMMIT").await?)
    }

    async fn stream(&mut self) -> Result<usize> {
        let result = self.connection.exec_iter(&self.load, ()).await?;
        let mut users = 0;
        result
            .for_each_and_drop(|row| {
                black_box(user(mysql_async::from_row(row)));
                users += 1;
            })
            .await?;
        Ok(users)
    }

    async fn bulk(&mut self, people: &[Person]) -> Result<()> {
        self.connection.query_drop("BEGIN").await?;
        for people in people.chunks(PART) {
            self.insert(people).await?;
        }
        Ok(self.connection.query_drop("COMMIT").await?)
    }

    async fn raw(&mut self, id: u64) -> Result<User> {
        self.find(id).await
    }

    async fn flush(&mut self, people: &[Person]) -> Result<()> {
        self.connection.query_drop("BEGIN").await?;
        self.insert(people).await?;
        Ok(self.connection.query_drop("COMMIT").await?)
    }

    async fn change(&mut self, accounts: u64) -> Result<()> {
        self.connection.query_drop("BEGIN").await?;
        let rows: Vec<(u64, i64, u32)> = self.connection.exec(&self.accounts, (accounts,)).await?;
        for (id, balance, version) in rows {
            self.connection.exec_drop(&self.change, (balance + 1, id, version)).await?;
            ensure!(self.connection.affected_rows() == 1, "account {id} was changed meanwhile");
        }
        Ok(self.connection.query_drop("COMMIT").await?)
    }

    async fn hold(&mut self) -> Result<()> {
        self.held = self.load().await?.into_iter().map(|user| (user.id, user)).collect();
        Ok(())
    }

    async fn held(&mut self, id: u64) -> Result<u64> {
        Ok(self.held.get(&id).context("no such user")?.id)
    }
}

//! Handwritten code on `mysql_async`: one connection is held; every statement is prepared once and kept.

mod rows;

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use contestant::by_hand::{self, Feed, PART};
use contestant::{Comment, Contestant, Person, Post, User};
use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Opts, OptsBuilder, Params, Pool, PoolConstraints, PoolOpts, Statement, Value};
use tokio::task::JoinSet;

fn main() -> ExitCode {
    contestant::main::<Mysql>()
}

/// A connection with its prepared statements.
struct Mysql {
    connection: Conn,
    load: Option<Statement>,
    pairs: Option<Statement>,
    posts: Option<Statement>,
    comments: Option<Statement>,
    find: Option<Statement>,
    rename: Option<Statement>,
    accounts: Option<Statement>,
    change: Option<Statement>,
    upsert: Option<Statement>,
    /// For the number of rows of the last insert.
    insert: Option<(usize, Statement)>,
    pool: Pool,
    held: HashMap<u64, User>,
}

/// Returns a statement, preparing it when it is first needed.
async fn held<'a>(
    slot: &'a mut Option<Statement>,
    connection: &mut Conn,
    sql: impl FnOnce() -> String,
) -> Result<&'a Statement> {
    match slot {
        Some(statement) => Ok(statement),
        None => Ok(slot.insert(connection.prep(sql()).await?)),
    }
}

/// Returns a pool that keeps all of its connections, without resetting them, which would drop their prepared
/// statements.
fn pool(options: Opts) -> Result<Pool> {
    let constraints = PoolConstraints::new(16, 16).context("16 connections")?;
    let pool = PoolOpts::new().with_constraints(constraints).with_reset_connection(false);
    Ok(Pool::new(OptsBuilder::from_opts(options).pool_opts(pool)))
}

/// Finds and renames users, one after another.
async fn visit(pool: Pool, ids: Vec<u64>) -> Result<()> {
    for id in ids {
        let mut connection = pool.get_conn().await?;
        let row = connection.exec_first(by_hand::FIND, (id,)).await?;
        let user = row.map(rows::user).context("no such user")?;
        drop(connection);
        let mut connection = pool.get_conn().await?;
        connection.query_drop("BEGIN").await?;
        connection.exec_drop(by_hand::RENAME, ("Eve", user.id)).await?;
        connection.query_drop("COMMIT").await?;
    }
    Ok(())
}

fn keys(keys: impl Iterator<Item = u64>) -> Params {
    Params::Positional(keys.map(Value::from).collect())
}

impl Contestant for Mysql {
    type User = User;
    type Pair = (User, Option<Post>);
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    /// Over TCP, like the others: by default it would look for a Unix socket.
    async fn open(url: &str) -> Result<Self> {
        let options: Opts = OptsBuilder::from_opts(Opts::from_url(url)?).prefer_socket(false).into();
        Ok(Mysql {
            connection: Conn::new(options.clone()).await?,
            load: None,
            pairs: None,
            posts: None,
            comments: None,
            find: None,
            rename: None,
            accounts: None,
            change: None,
            upsert: None,
            insert: None,
            pool: pool(options)?,
            held: HashMap::new(),
        })
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        for statement in statements {
            self.connection.query_drop(statement).await?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        let statement = held(&mut self.load, &mut self.connection, || by_hand::LOAD.to_owned()).await?;
        Ok(self.connection.exec_map(statement, (), rows::user).await?)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<(User, Option<Post>)>> {
        let statement = held(&mut self.pairs, &mut self.connection, || by_hand::PAIRS.to_owned()).await?;
        Ok(self.connection.exec_map(statement, (above,), rows::pair).await?)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        let statement = match &self.insert {
            Some((rows, statement)) if *rows == people.len() => statement,
            _ => {
                let statement = self.connection.prep(by_hand::insert(people.len())).await?;
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

    async fn graph(&mut self) -> Result<Feed> {
        let users = self.load().await?;
        let connection = &mut self.connection;
        let statement = held(&mut self.posts, connection, || by_hand::posts_of(users.len())).await?;
        let of_users = keys(users.iter().map(|user| user.id));
        let posts: Vec<Post> = connection.exec_map(statement, of_users, rows::post).await?;
        let statement = held(&mut self.comments, connection, || by_hand::comments_of(posts.len())).await?;
        let of_posts = keys(posts.iter().map(|post| post.id));
        let comments: Vec<Comment> = connection.exec_map(statement, of_posts, rows::comment).await?;
        Ok(by_hand::feed(users, posts, comments))
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        let statement = held(&mut self.find, &mut self.connection, || by_hand::FIND.to_owned()).await?;
        self.connection.exec_first(statement, (id,)).await?.map(rows::user).context("no such user")
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        self.connection.query_drop("BEGIN").await?;
        self.update(id, name).await?;
        Ok(self.connection.query_drop("COMMIT").await?)
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        let statement = held(&mut self.rename, &mut self.connection, || by_hand::RENAME.to_owned()).await?;
        Ok(self.connection.exec_drop(statement, (name, id)).await?)
    }

    async fn upsert(&mut self, balances: &[(u64, i64)]) -> Result<()> {
        let text = || {
            let insert = by_hand::upsert(balances.len());
            format!("{insert} ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance)")
        };
        let statement = held(&mut self.upsert, &mut self.connection, text).await?;
        let values = balances.iter().flat_map(|&(id, balance)| [Value::from(id), Value::from(balance)]);
        Ok(self.connection.exec_drop(statement, Params::Positional(values.collect())).await?)
    }

    /// The statements are in the connection's cache.
    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
        let ids = by_hand::filled(ids);
        let text = by_hand::listed(ids.len());
        Ok(self.connection.exec_map(text, keys(ids), rows::user).await?)
    }

    async fn crowd(&mut self, tasks: &[Vec<u64>]) -> Result<()> {
        let mut crowd = JoinSet::new();
        for ids in tasks {
            crowd.spawn(visit(self.pool.clone(), ids.clone()));
        }
        while let Some(done) = crowd.join_next().await {
            done??;
        }
        Ok(())
    }

    async fn flush(&mut self, people: &[Person]) -> Result<()> {
        self.connection.query_drop("BEGIN").await?;
        self.insert(people).await?;
        Ok(self.connection.query_drop("COMMIT").await?)
    }

    async fn change(&mut self, accounts: u64) -> Result<()> {
        let connection = &mut self.connection;
        connection.query_drop("BEGIN").await?;
        let statement = held(&mut self.accounts, connection, || by_hand::ACCOUNTS.to_owned()).await?;
        let rows: Vec<(u64, i64, u32)> = connection.exec(statement, (accounts,)).await?;
        let statement = held(&mut self.change, connection, || by_hand::CHANGE.to_owned()).await?;
        for (id, balance, version) in rows {
            connection.exec_drop(statement, (balance + 1, id, version)).await?;
            ensure!(connection.affected_rows() == 1, "account {id} was changed meanwhile");
        }
        Ok(connection.query_drop("COMMIT").await?)
    }

    async fn stream(&mut self, mut give: impl FnMut(User)) -> Result<()> {
        let statement = held(&mut self.load, &mut self.connection, || by_hand::LOAD.to_owned()).await?;
        let result = self.connection.exec_iter(statement, ()).await?;
        Ok(result.for_each_and_drop(|row| give(rows::user(mysql_async::from_row(row)))).await?)
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

    async fn hold(&mut self) -> Result<()> {
        self.held = self.load().await?.into_iter().map(|user| (user.id, user)).collect();
        Ok(())
    }

    async fn held(&mut self, id: u64) -> Result<u64> {
        Ok(self.held.get(&id).context("no such user")?.id)
    }
}

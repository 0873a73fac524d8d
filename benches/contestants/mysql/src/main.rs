//! `mysql` 28 in a race: handwritten code on the blocking driver.
//!
//! As its documentation recommends (docs.rs, `mysql`): rows into tuples with `exec_map`, a connection that is held,
//! every statement prepared once and kept, `start_transaction`, and `exec_iter` for a stream. S11 has as many threads
//! as its `Pool` has connections, which are neither reset nor pinged at each checkout
//! (`PoolOpts::with_reset_connection`, `PoolOpts::with_check_health`): a reset would drop their prepared statements. No
//! TLS.
//!
//! Left out: S6, which would be the same SQL as handwritten code on the other drivers, and S12 and S17, which are about
//! sessions.

#[path = "../../mysql_async/src/rows.rs"]
mod rows;

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use contestant::by_hand::{self, Feed, PART};
use contestant::{Comment, Contestant, Person, Post, User};
use mysql::prelude::Queryable;
use mysql::{Conn, Opts, OptsBuilder, Params, Pool, PoolConstraints, PoolOpts, Statement, TxOpts, Value};

fn main() -> ExitCode {
    contestant::main::<Mysql>()
}

/// The number of connections in the pool.
const POOL: usize = 16;

/// A connection with its prepared statements.
struct Mysql {
    connection: Conn,
    statements: Statements,
    pool: Pool,
}

/// Each is prepared when it is first needed.
#[derive(Default)]
struct Statements {
    load: Option<Statement>,
    pairs: Option<Statement>,
    posts: Option<Statement>,
    comments: Option<Statement>,
    find: Option<Statement>,
    rename: Option<Statement>,
    upsert: Option<Statement>,
    /// For the number of rows of the last insert.
    insert: Option<(usize, Statement)>,
}

fn held<'a>(
    slot: &'a mut Option<Statement>,
    connection: &mut Conn,
    sql: impl FnOnce() -> String,
) -> Result<&'a Statement> {
    match slot {
        Some(statement) => Ok(statement),
        None => Ok(slot.insert(connection.prep(sql())?)),
    }
}

fn keys(keys: impl Iterator<Item = u64>) -> Params {
    Params::Positional(keys.map(Value::from).collect())
}

/// Finds and renames a user: what a task of S11 does with each.
fn visit(pool: &Pool, id: u64) -> Result<()> {
    let row = pool.get_conn()?.exec_first(by_hand::FIND, (id,))?;
    let user = row.map(rows::user).context("no such user")?;
    let mut connection = pool.get_conn()?;
    let mut transaction = connection.start_transaction(TxOpts::default())?;
    transaction.exec_drop(by_hand::RENAME, ("Eve", user.id))?;
    Ok(transaction.commit()?)
}

/// Inserts through any connection or transaction.
fn insert(connection: &mut impl Queryable, statement: &Statement, people: &[Person]) -> Result<()> {
    let mut values: Vec<Value> = Vec::with_capacity(people.len() * 2);
    for person in people {
        values.push(person.name.as_str().into());
        values.push(person.hair_color.as_deref().into());
    }
    Ok(connection.exec_drop(statement, Params::Positional(values))?)
}

impl Contestant for Mysql {
    type User = User;
    type Pair = (User, Option<Post>);
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    /// Over TCP, like the others: by default it would look for a Unix socket.
    async fn open(url: &str) -> Result<Self> {
        let constraints = PoolConstraints::new(0, POOL).context("0 to 16 connections")?;
        let pool = PoolOpts::new()
            .with_constraints(constraints)
            .with_reset_connection(false)
            .with_check_health(false);
        let options = OptsBuilder::from_opts(Opts::from_url(url)?).prefer_socket(false).pool_opts(pool);
        let connection = Conn::new(options.clone())?;
        Ok(Mysql { connection, statements: Statements::default(), pool: Pool::new(options)? })
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        for statement in statements {
            self.connection.query_drop(statement)?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        let statement = held(&mut self.statements.load, &mut self.connection, || by_hand::LOAD.to_owned())?;
        Ok(self.connection.exec_map(statement, (), rows::user)?)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<(User, Option<Post>)>> {
        let statement = held(&mut self.statements.pairs, &mut self.connection, || by_hand::PAIRS.to_owned())?;
        Ok(self.connection.exec_map(statement, (above,), rows::pair)?)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        let Mysql { connection, statements, .. } = self;
        let statement = match &statements.insert {
            Some((rows, statement)) if *rows == people.len() => statement,
            _ => {
                let statement = connection.prep(by_hand::insert(people.len()))?;
                &statements.insert.insert((people.len(), statement)).1
            }
        };
        insert(connection, statement, people)
    }

    async fn graph(&mut self) -> Result<Feed> {
        let users = self.load().await?;
        let Mysql { connection, statements, .. } = self;
        let statement = held(&mut statements.posts, connection, || by_hand::posts_of(users.len()))?;
        let of_users = keys(users.iter().map(|user| user.id));
        let posts: Vec<Post> = connection.exec_map(statement, of_users, rows::post)?;
        let statement = held(&mut statements.comments, connection, || by_hand::comments_of(posts.len()))?;
        let of_posts = keys(posts.iter().map(|post| post.id));
        let comments: Vec<Comment> = connection.exec_map(statement, of_posts, rows::comment)?;
        Ok(by_hand::feed(users, posts, comments))
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        let statement = held(&mut self.statements.find, &mut self.connection, || by_hand::FIND.to_owned())?;
        self.connection.exec_first(statement, (id,))?.map(rows::user).context("no such user")
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        let Mysql { connection, statements, .. } = self;
        let statement = held(&mut statements.rename, connection, || by_hand::RENAME.to_owned())?;
        let mut transaction = connection.start_transaction(TxOpts::default())?;
        transaction.exec_drop(statement, (name, id))?;
        Ok(transaction.commit()?)
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        let statement =
            held(&mut self.statements.rename, &mut self.connection, || by_hand::RENAME.to_owned())?;
        Ok(self.connection.exec_drop(statement, (name, id))?)
    }

    async fn upsert(&mut self, balances: &[(u64, i64)]) -> Result<()> {
        let text = || {
            let insert = by_hand::upsert(balances.len());
            format!("{insert} ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance)")
        };
        let statement = held(&mut self.statements.upsert, &mut self.connection, text)?;
        let values = balances.iter().flat_map(|&(id, balance)| [Value::from(id), Value::from(balance)]);
        Ok(self.connection.exec_drop(statement, Params::Positional(values.collect()))?)
    }

    /// The statements are in the connection's cache.
    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
        let ids = by_hand::filled(ids);
        let text = by_hand::listed(ids.len());
        Ok(self.connection.exec_map(text, keys(ids), rows::user)?)
    }

    async fn crowd(&mut self, tasks: &[Vec<u64>]) -> Result<()> {
        contestant::in_threads(POOL, tasks, |ids| ids.iter().try_for_each(|&id| visit(&self.pool, id)))
    }

    async fn stream(&mut self, mut give: impl FnMut(User)) -> Result<()> {
        let statement = held(&mut self.statements.load, &mut self.connection, || by_hand::LOAD.to_owned())?;
        for row in self.connection.exec_iter(statement, ())? {
            give(rows::user(mysql::from_row(row?)));
        }
        Ok(())
    }

    /// The statement is found in the connection's cache each time.
    async fn bulk(&mut self, people: &[Person]) -> Result<()> {
        let mut transaction = self.connection.start_transaction(TxOpts::default())?;
        for people in people.chunks(PART) {
            let statement = transaction.prep(by_hand::insert(people.len()))?;
            insert(&mut transaction, &statement, people)?;
        }
        Ok(transaction.commit()?)
    }

    async fn raw(&mut self, id: u64) -> Result<User> {
        self.find(id).await
    }
}

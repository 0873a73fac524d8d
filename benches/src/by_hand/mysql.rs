//! By hand through `mysql_async`: one connection, held; every statement prepared once, and held too.

use anyhow::{Context, Result};
use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Params, Statement, Value};
use orm::dialect::MYSQL;

use crate::client::Client;
use crate::models::{Person, User};

/// A connection with its statements.
pub(crate) struct Mysql {
    connection: Conn,
    new_table: Vec<String>,
    load: Statement,
    find: Statement,
    rename: Statement,
    /// For as many rows as were inserted last.
    insert: Option<(usize, Statement)>,
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
        Ok(Mysql { connection, new_table, load, find, rename, insert: None })
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

impl Client for Mysql {
    const NAME: &'static str = "mysql_async by hand";

    async fn empty(&mut self) -> Result<()> {
        recreate(&mut self.connection, &self.new_table).await
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        Ok(self.connection.exec_map(&self.load, (), user).await?)
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
}

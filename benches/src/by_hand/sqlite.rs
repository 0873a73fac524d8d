//! By hand through `rusqlite`: statements from its cache, columns by index.

use anyhow::Result;
use orm::dialect::SQLITE;
use rusqlite::{Connection, Row, params};

use crate::client::Client;
use crate::models::{Person, User};

/// A database in memory of its own, since such a database is its connection.
pub(crate) struct Sqlite {
    connection: Connection,
    new_table: Vec<String>,
    /// For as many rows as were inserted last.
    insert: (usize, String),
}

impl Sqlite {
    /// Opens it.
    pub(crate) fn open() -> Result<Self> {
        let connection = Connection::open_in_memory()?;
        // As `orm` has it.
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(Sqlite { connection, new_table: super::new_table(&SQLITE)?, insert: (0, String::new()) })
    }

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

impl Client for Sqlite {
    const NAME: &'static str = "rusqlite by hand";

    async fn empty(&mut self) -> Result<()> {
        for statement in &self.new_table {
            self.connection.execute_batch(statement)?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        let mut statement = self.connection.prepare_cached(super::LOAD)?;
        let mut rows = statement.query([])?;
        let mut users = Vec::new();
        while let Some(row) = rows.next()? {
            users.push(user(row)?);
        }
        Ok(users)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        if self.insert.0 != people.len() {
            self.insert = (people.len(), super::insert(people.len()));
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
        Ok(self.connection.prepare_cached(super::FIND)?.query_row([id.cast_signed()], user)?)
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        // What it writes in the end anyway, and what `orm` begins with.
        self.execute("BEGIN IMMEDIATE")?;
        self.connection.prepare_cached(super::RENAME)?.execute(params![name, id.cast_signed()])?;
        self.execute("COMMIT")
    }
}

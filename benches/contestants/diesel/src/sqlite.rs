//! SQLite.

use anyhow::Result;
use diesel::connection::{Connection as _, SimpleConnection as _};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::upsert::excluded;

use models::{Balance, accounts};
pub(crate) use work::Diesel;

#[path = "models.rs"]
mod models;
#[path = "work.rs"]
mod work;

type Backend = diesel::sqlite::Sqlite;
type Builder = diesel::sqlite::SqliteQueryBuilder;
type Connection = SqliteConnection;
type Key = i64;
type SqlKey = BigInt;

const BACKEND: Backend = diesel::sqlite::Sqlite;
const BIND_LIMIT: usize = 32_766;

fn connect(url: &str) -> Result<Connection> {
    let mut connection = SqliteConnection::establish(url.trim_start_matches("sqlite:"))?;
    connection.batch_execute("PRAGMA foreign_keys = ON")?;
    Ok(connection)
}

fn upsert(connection: &mut Connection, balances: Vec<Balance>) -> QueryResult<usize> {
    diesel::insert_into(accounts::table)
        .values(balances)
        .on_conflict(accounts::id)
        .do_update()
        .set(accounts::balance.eq(accounts::balance + excluded(accounts::balance)))
        .execute(connection)
}

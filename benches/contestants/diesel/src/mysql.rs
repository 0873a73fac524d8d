//! MariaDB and MySQL.

use anyhow::Result;
use diesel::connection::Connection as _;
use diesel::dsl::{DuplicatedKeys, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Unsigned};

use models::{Balance, accounts};
pub(crate) use work::Diesel;

#[path = "models.rs"]
mod models;
#[path = "work.rs"]
mod work;

type Backend = diesel::mysql::Mysql;
type Builder = diesel::mysql::MysqlQueryBuilder;
type Connection = MysqlConnection;
type Key = u64;
type SqlKey = Unsigned<BigInt>;

const BACKEND: Backend = diesel::mysql::Mysql;
const BIND_LIMIT: usize = 65_535;

fn connect(url: &str) -> Result<Connection> {
    Ok(MysqlConnection::establish(url)?)
}

/// MySQL has no `excluded`.
fn upsert(connection: &mut Connection, balances: Vec<Balance>) -> QueryResult<usize> {
    diesel::insert_into(accounts::table)
        .values(balances)
        .on_conflict(DuplicatedKeys)
        .do_update()
        .set(accounts::balance.eq(accounts::balance + sql::<BigInt>("VALUES(balance)")))
        .execute(connection)
}

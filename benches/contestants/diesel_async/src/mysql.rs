//! MariaDB and MySQL.

use anyhow::Result;
use contestant::Person;
use diesel::dsl::{DuplicatedKeys, sql};
use diesel::prelude::{ExpressionMethods as _, QueryResult};
use diesel::sql_types::{BigInt, Unsigned};
use diesel_async::{AsyncConnection as _, AsyncMysqlConnection, RunQueryDsl as _};

use models::{accounts, new_balances, new_users, users};
pub(crate) use work::DieselAsync;

#[path = "../../diesel/src/models.rs"]
mod models;
#[path = "work.rs"]
mod work;

type Backend = diesel::mysql::Mysql;
type Builder = diesel::mysql::MysqlQueryBuilder;
type Connection = AsyncMysqlConnection;
type Key = u64;
type SqlKey = Unsigned<BigInt>;

const BACKEND: Backend = diesel::mysql::Mysql;
const BIND_LIMIT: usize = 65_535;

/// By default, the driver would look for a Unix socket.
fn address(url: &str) -> String {
    format!("{url}?prefer_socket=false")
}

async fn connect(url: &str) -> Result<Connection> {
    Ok(AsyncMysqlConnection::establish(&address(url)).await?)
}

async fn insert(connection: &mut Connection, people: &[Person]) -> QueryResult<usize> {
    diesel::insert_into(users::table).values(new_users(people)).execute(connection).await
}

/// MySQL has no `excluded`.
async fn upsert(connection: &mut Connection, balances: &[(u64, i64)]) -> QueryResult<usize> {
    diesel::insert_into(accounts::table)
        .values(new_balances(balances))
        .on_conflict(DuplicatedKeys)
        .do_update()
        .set(accounts::balance.eq(accounts::balance + sql::<BigInt>("VALUES(balance)")))
        .execute(connection)
        .await
}

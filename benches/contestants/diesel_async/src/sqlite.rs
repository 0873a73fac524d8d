//! SQLite.

use anyhow::Result;
use contestant::Person;
use diesel::SqliteConnection;
use diesel::prelude::{ExpressionMethods as _, QueryResult};
use diesel::sql_types::BigInt;
use diesel::upsert::excluded;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection as _, RunQueryDsl as _, SimpleAsyncConnection as _};

use models::{accounts, new_balances, new_users, users};
pub(crate) use work::DieselAsync;

#[path = "../../diesel/src/models.rs"]
mod models;
#[path = "work.rs"]
mod work;

type Backend = diesel::sqlite::Sqlite;
type Builder = diesel::sqlite::SqliteQueryBuilder;
type Connection = SyncConnectionWrapper<SqliteConnection>;
type Key = i64;
type SqlKey = BigInt;

const BACKEND: Backend = diesel::sqlite::Sqlite;
const BIND_LIMIT: usize = 32_766;

/// Returns the name of the database.
fn address(url: &str) -> String {
    url.trim_start_matches("sqlite:").to_owned()
}

async fn connect(url: &str) -> Result<Connection> {
    let mut connection = Connection::establish(&address(url)).await?;
    connection.batch_execute("PRAGMA foreign_keys = ON").await?;
    Ok(connection)
}

async fn insert(connection: &mut Connection, people: &[Person]) -> QueryResult<usize> {
    let inserted = async |connection: &mut Connection| {
        for new in new_users(people) {
            diesel::insert_into(users::table).values(new).execute(connection).await?;
        }
        Ok(people.len())
    };
    connection.transaction(inserted).await
}

async fn upsert(connection: &mut Connection, balances: &[(u64, i64)]) -> QueryResult<usize> {
    let upserted = async |connection: &mut Connection| {
        for new in new_balances(balances) {
            let insert =
                diesel::insert_into(accounts::table).values(new).on_conflict(accounts::id).do_update();
            let update = accounts::balance.eq(accounts::balance + excluded(accounts::balance));
            insert.set(update).execute(connection).await?;
        }
        Ok(balances.len())
    };
    connection.transaction(upserted).await
}

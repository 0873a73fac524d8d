//! SQLite.

use anyhow::Result;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePoolOptions};

pub(crate) use work::Sqlx;

#[path = "work.rs"]
mod work;

type Database = sqlx::Sqlite;
type Connection = SqliteConnection;
type PoolOptions = SqlitePoolOptions;
/// `u64` can be read, but not bound.
type Key = i64;

const ON_CONFLICT: &str = " ON CONFLICT (id) DO UPDATE SET balance = balance + excluded.balance";
const BIND_LIMIT: usize = 32_766;

/// Foreign keys are on by default.
fn options(url: &str) -> Result<SqliteConnectOptions> {
    Ok(url.parse()?)
}

//! MariaDB and MySQL.

use anyhow::Result;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlPoolOptions, MySqlSslMode};

pub(crate) use work::Sqlx;

#[path = "work.rs"]
mod work;

type Database = sqlx::MySql;
type Connection = MySqlConnection;
type PoolOptions = MySqlPoolOptions;
type Key = u64;

const ON_CONFLICT: &str = " ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance)";
const BIND_LIMIT: usize = 65_535;

fn options(url: &str) -> Result<MySqlConnectOptions> {
    Ok(url.parse::<MySqlConnectOptions>()?.ssl_mode(MySqlSslMode::Disabled))
}

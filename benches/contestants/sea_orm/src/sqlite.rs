//! SQLite.

use sea_orm::DbBackend;

pub(crate) use work::SeaOrm;

#[path = "work.rs"]
mod work;

type Key = i64;

const BACKEND: DbBackend = DbBackend::Sqlite;
const BIND_LIMIT: usize = 32_766;
const ADDED: &str = "balance + excluded.balance";

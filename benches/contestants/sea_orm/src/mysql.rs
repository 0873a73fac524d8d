//! MariaDB and MySQL.

use sea_orm::DbBackend;

pub(crate) use work::SeaOrm;

#[path = "work.rs"]
mod work;

type Key = u64;

const BACKEND: DbBackend = DbBackend::MySql;
const BIND_LIMIT: usize = 65_535;
const ADDED: &str = "balance + VALUES(balance)";

//! `sea-orm` 2.0 in a race, on `sqlx`.
//!
//! As its documentation recommends: entities in the dense format (`#[sea_orm::model]`), `find_by_id`,
//! `find_also_related` for S2, the data loader for S4 (`LoaderTrait::load_many`), `insert_many` without RETURNING,
//! `update_many` where nothing of the row has to be read back, `OnConflict`, `is_in`, `stream`, and `from_raw_sql` for
//! raw SQL. Its connection is always a pool: of one connection here, and of 16 for S11. It does not ping before each
//! acquisition (`ConnectOptions::test_before_acquire`), but `sqlx` does at each release. Its statement logging is off
//! (`ConnectOptions::sqlx_logging`). No TLS.
//!
//! It cannot read `u64` from SQLite, so `work.rs` is compiled once for each key type.
//!
//! Left out: S12 and S17, which are about sessions.

mod mysql;
mod sqlite;

use std::process::ExitCode;

fn main() -> ExitCode {
    contestant::main_of::<mysql::SeaOrm, sqlite::SeaOrm>()
}

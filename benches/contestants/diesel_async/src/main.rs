//! `diesel-async` 0.9 in a race: `diesel` 2.3 over `mysql_async`, and over SQLite in threads that may block.
//!
//! As its documentation has it (docs.rs, `diesel_async`): the queries of `diesel`, whose models and whose query of S6 are
//! those of the contestant `diesel`, `AsyncConnection::transaction`, `load_stream`, and its
//! `sync_connection_wrapper::SyncConnectionWrapper` for SQLite. Statements are kept in its cache as `diesel` decides. One
//! connection is held; S11 has its pool with `bb8`, which does not test connections at each checkout. No TLS, and TCP.
//!
//! On SQLite it cannot insert several rows by one statement (its issue 277), so there S3, S9 and S15 insert row by row in a
//! transaction.
//!
//! Left out: S12 and S17, which are about sessions.

mod mysql;
mod sqlite;

use std::process::ExitCode;

fn main() -> ExitCode {
    contestant::main_of::<mysql::DieselAsync, sqlite::DieselAsync>()
}

//! `diesel-async` 0.9 in a race: `diesel` 2.3 on `mysql_async`, and on SQLite in threads that may block.
//!
//! As its documentation recommends (docs.rs, `diesel_async`): the queries of `diesel`, with the models and the query of
//! S6 of the contestant `diesel`, `AsyncConnection::transaction`, `load_stream`, and its
//! `sync_connection_wrapper::SyncConnectionWrapper` for SQLite. Its statement cache keeps what `diesel` decides. One
//! connection is held; S11 uses its pool with `bb8`, which does not test connections at each checkout. TCP without TLS.
//!
//! On SQLite it cannot insert several rows with one statement (its issue 277), so there S3, S9 and S15 insert row by
//! row in a transaction.
//!
//! Left out: S12 and S17, which are about sessions.

mod mysql;
mod sqlite;

use std::process::ExitCode;

fn main() -> ExitCode {
    contestant::main_of::<mysql::DieselAsync, sqlite::DieselAsync>()
}

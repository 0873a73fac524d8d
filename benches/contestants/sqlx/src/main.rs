//! `sqlx` 0.9 in a race.
//!
//! As its documentation recommends: raw SQL with `query_as` and `#[derive(FromRow)]` (docs.rs, `sqlx::query_as`),
//! prepared statements from the connection's cache (`Query::persistent`), lists and rows of values with
//! `QueryBuilder::push_values` and `Separated::push_bind`, not cached where their length varies, as advised there. One
//! connection is held (`ConnectOptions::connect`), which saves the ping that its pool sends at each release; S11 has a
//! `Pool` of 16 without the ping before each acquisition (`PoolOptions::test_before_acquire`). No TLS.
//!
//! The types of its two databases have no common traits that would be shorter than the work, so `work.rs` is compiled
//! once for each. The checked macros (`query!`) send the same and need a database at compile time.
//!
//! Left out: S6a, since `QueryBuilder` appends the SQL at once.

mod mysql;
mod sqlite;

use std::process::ExitCode;

use serde::Serialize;
use sqlx::FromRow;

fn main() -> ExitCode {
    contestant::main_of::<mysql::Sqlx, sqlite::Sqlx>()
}

#[derive(FromRow, Serialize)]
struct User {
    id: u64,
    name: String,
    hair_color: Option<String>,
}

#[derive(FromRow, Serialize)]
struct Post {
    id: u64,
    user_id: u64,
    title: String,
    body: Option<String>,
}

#[derive(FromRow, Serialize)]
struct Comment {
    id: u64,
    post_id: u64,
    text: String,
}

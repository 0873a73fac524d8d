//! `diesel` 2.3 in a race, over libmariadb and SQLite.
//!
//! As its documentation has it: `#[derive(Queryable, Selectable)]` with `as_select`, `belonging_to` and `grouped_by`
//! for S4 (docs.rs, `diesel::associations`), rows by a `Vec` of `#[derive(Insertable)]` structs with
//! `treat_none_as_default_value = false` (which makes one statement of them on SQLite), `Connection::transaction`,
//! `on_conflict`, `eq_any`, `load_iter`, and `sql_query` where SQL is written by hand. Statements are kept in its
//! cache as it decides: not those of `UPDATE`, `eq_any`, upserts, `sql_query`, and inserts of a `Vec`. One connection is
//! held; S11 has as many threads as its `r2d2::Pool` has connections, which does not test them at each checkout. No TLS.
//!
//! Its guide takes one row by key with `first`, which adds `LIMIT ?`. SQLite compiles a statement anew each time that
//! a value is bound there, which makes S5 six times as long; so `get_result` is used here.
//!
//! Types and SQL differ by database, so `work.rs` is compiled once for each (`#[derive(MultiConnection)]` would cost a
//! box for each query).
//!
//! S6 renders with `QueryFragment::to_sql` and counts the placeholders; the values are not put into a form that could
//! be sent, which flatters it. With a statement in its cache, a query of this kind is not rendered at all.

mod mysql;
mod sqlite;

use std::process::ExitCode;

fn main() -> ExitCode {
    contestant::main_of::<mysql::Diesel, sqlite::Diesel>()
}

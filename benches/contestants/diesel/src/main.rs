//! `diesel` 2.3 in a race, on libmariadb and SQLite.
//!
//! As its documentation recommends: `#[derive(Queryable, Selectable)]` with `as_select`, `belonging_to` and
//! `grouped_by` for S4 (docs.rs, `diesel::associations`), inserts of a `Vec` of `#[derive(Insertable)]` structs with
//! `treat_none_as_default_value = false` (which makes them a single statement on SQLite), `Connection::transaction`,
//! `on_conflict`, `eq_any`, `load_iter`, and `sql_query` for raw SQL. Its statement cache keeps what `diesel` decides:
//! not `UPDATE`, `eq_any`, upserts, `sql_query`, and inserts of a `Vec`. One connection is held; S11 has as many
//! threads as its `r2d2::Pool` has connections, which does not test them at each checkout. No TLS.
//!
//! Its guide finds a row by primary key with `first`, which adds `LIMIT ?`. SQLite recompiles a statement each time a
//! value is bound there, which makes S5 take six times as long; so `get_result` is used here.
//!
//! Types and SQL differ by database, so `work.rs` is compiled once for each (`#[derive(MultiConnection)]` would need a
//! box for each query).
//!
//! S6 renders with `QueryFragment::to_sql` and counts the placeholders; the values are not converted for sending, which
//! flatters it. If its statement is cached, a query of this kind is not rendered at all.

mod mysql;
mod sqlite;

use std::process::ExitCode;

fn main() -> ExitCode {
    contestant::main_of::<mysql::Diesel, sqlite::Diesel>()
}

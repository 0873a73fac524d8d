//! One file per capability; each runs on SQLite, MariaDB and MySQL. See CONTRIBUTING for how to run them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_borrows_for_generic_args,
    missing_docs,
    unreachable_pub,
    reason = "tests may"
)]

#[macro_use]
mod support;

mod aggregate;
mod arithmetic;
mod auto_keys;
mod axum_handler;
mod bad_input;
mod bank;
mod batch;
mod binds;
mod bulk;
mod by_hand;
mod by_key;
mod calendar;
mod cancel;
mod capabilities;
mod change_limit;
mod cluster;
mod column_named;
mod composition;
mod config;
mod connecting;
mod connection_lost;
mod constraint_names;
mod count;
mod crash;
mod create_databases;
mod cursor;
mod ddl;
mod delete;
mod derived;
mod descending;
mod diagram;
mod driver;
mod elsewhere;
mod embed;
mod embed_enum;
mod examples;
mod exercises;
mod explain;
mod expressions;
mod faults;
mod filter;
mod find;
mod forms;
mod fragment;
mod from_database;
mod full_join;
mod full_text;
mod functions;
mod geometry;
mod graph;
mod group;
mod guard;
mod hostile;
mod init;
mod insert;
mod insert_all;
mod insert_from;
mod interrupted;
mod isolation;
mod join;
mod json;
mod large;
mod lateral;
mod limit;
mod literal;
mod load;
mod lock;
mod made_by_macro;
mod many_to_many;
mod migrate;
mod n_plus_one;
mod names;
mod of_rows;
mod one_of;
mod operators;
mod outage;
mod page;
mod passwords;
mod pool;
mod portions;
mod procedure;
mod property;
mod quantified;
mod query_log;
mod raw;
mod reflect;
mod related;
mod relation;
mod replicas;
mod reports;
mod retry;
mod returning;
mod row;
mod runtimes;
mod savepoint;
mod scoped;
mod select;
mod semantics;
mod session;
mod set;
mod skip;
mod soft_delete;
mod sql;
mod stream;
mod subquery;
mod tables;
mod test_kit;
mod tracing_events;
mod transaction;
mod transports;
mod tree;
mod tuples;
mod types;
mod unit;
mod unusual;
mod update;
mod update_join;
mod upsert;
mod url;
mod values;
mod verify;
mod view;
mod violates;
mod window;

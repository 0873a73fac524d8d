//! The command as a process: what it prints, where, and with which exit code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub, reason = "tests may")]

mod at_once;
mod connection;
mod ddl;
mod diagram;
mod help;
mod migrate;
mod output;
mod reflect;
mod support;
mod verify;

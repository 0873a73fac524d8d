//! The command as a process: what it prints, where, and with which exit code.

mod connection;
mod ddl;
mod diagram;
mod help;
mod output;
mod reflect;
mod support;
mod verify;

//! Migrations: SQL files that bring a database from one state of its models to the next, each run once, in order.
//!
//! Each has a folder, whose name begins with the moment at which it was made, in UTC, so that the order of the names is
//! that of the migrations:
//!
//! ```text
//! migrations/
//!   20261125_194500_create_users/
//!     up.sqlite.sql      what is run: for each database, or `up.sql` for those that have none of their own
//!     down.sqlite.sql    what takes it back; a migration without one cannot be taken back
//!     state.json         the schema behind it
//! ```
//!
//! The files are yours to edit. A statement ends with a semicolon; see [`Script`] for those that have some inside.
mod folder;
mod migration;
mod migrations;
mod script;

pub use migration::{Direction, Migration, MigrationFile};
pub use migrations::Migrations;
pub use script::Script;

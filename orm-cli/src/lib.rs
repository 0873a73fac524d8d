//! The command `orm`: tasks for models and databases outside of a program.
//!
//! To build it with your own models, write three lines in `src/bin/orm.rs`:
//!
//! ```no_run
//! # mod app {
//! #     #[derive(orm::Model)]
//! #     #[orm(table = "users")]
//! #     pub struct User { #[orm(primary_key, auto)] pub id: u64 }
//! # }
//! fn main() -> std::process::ExitCode {
//!     orm_cli::run::<app::User>() // or a tuple: (app::User, app::Post)
//! }
//! ```
//!
//! ```text
//! cargo run --bin orm -- verify          # does the database at DATABASE_URL match the models?
//! cargo run --bin orm -- ddl --dialect mysql
//! cargo run --bin orm -- diagram --format svg --out schema.svg
//! ```
//!
//! Commands that need no models are also in this crate's standalone program `orm`: `cargo install orm-cli`.
//!
//! | | | needs |
//! |---|---|---|
//! | `orm create-database` | creates the database that the URL names, if it does not exist | a database |
//! | `orm reflect` | writes models from an existing database | a database |
//! | `orm ddl` | prints the statements that create the tables of the models | models |
//! | `orm verify` | shows how a database differs from the models, and the SQL that fixes it | both |
//! | `orm diagram` | draws the tables and foreign keys, as Mermaid or SVG | one of them |
//! | `orm migrate make`, `check` | generates a migration from changes of the models; checks whether one is missing | models |
//! | `orm migrate up`, `down`, `to`, `status`, `stamp`, `resolve` | run and revert migrations, or show and correct which ones are applied | a database |
//! | `orm migrate squash` | replaces several migrations with one | neither |
//! | `orm migrate sql` | prints all migrations as one script, to be run with another tool | neither |
//!
//! # Which database
//!
//! The command uses the first of these that is set, and says which one it was:
//!
//! 1. `--url mysql://root@localhost/app`
//! 2. the variable `DATABASE_URL`, with options in `DATABASE_OPTIONS`
//! 3. the file `orm.toml` in the current folder, or the file given with `--config`:
//!
//! ```toml
//! [database]
//! url = "mysql://root@localhost/app"
//! connect_timeout = "10s"
//!
//! [database.binds.audit]
//! url = "sqlite:audit.db"
//!
//! [migrations] # both are optional
//! folder = "migrations"
//! dialects = ["mysql", "mariadb"]
//!
//! [migrations.binds.audit] # the folder is `migrations/audit` by default
//! dialects = ["sqlite"]
//! ```
//!
//! `--bind audit` selects the database that models call `audit`: `DATABASE_URL_AUDIT` in the environment,
//! `[database.binds.audit]` in the file. A command works on one database, and on the models that belong to it.
//!
//! # For scripts
//!
//! Data goes to standard output, everything else to standard error. With `--json`, both are JSON. Colours and progress are
//! shown on terminals only; `NO_COLOR` turns colours off. Passwords are never printed.
//!
//! | exit code | |
//! |---|---|
//! | 0 | success |
//! | 1 | there are differences, or a check failed |
//! | 2 | the command was not understood, or something is missing, such as a URL |
//! | 3 | an error from the database or a file |

mod arguments;
mod command;
mod config;
mod console;
mod failure;
mod models;
mod output;
mod program;
mod secret;
mod target;
mod terminal;

use std::process::ExitCode;

use models::Models;
use orm::schema::ModelSet;
use orm_migrate::Migrations;

/// Runs the command with a model or a tuple of models: the whole `main` of a program.
///
/// It reads the program's arguments, and returns an exit code from the list in this crate's documentation.
///
/// ```no_run
/// # use orm::prelude::*;
/// #[derive(Model)]
/// #[orm(table = "users")]
/// struct User {
///     #[orm(primary_key, auto)]
///     id: u64,
/// }
///
/// fn main() -> std::process::ExitCode {
///     orm_cli::run::<User>() // or a tuple of models
/// }
/// ```
#[must_use]
pub fn run<S: ModelSet>() -> ExitCode {
    run_with::<S>(|migrations| migrations)
}

/// Like [`run`], for migrations that call [steps in Rust](Migrations::with_step): `steps` adds them to the migrations.
///
/// ```no_run
/// # use orm::prelude::*;
/// # #[derive(Model)]
/// # #[orm(table = "posts")]
/// # struct Post { #[orm(primary_key, auto)] id: u64 }
/// async fn fill_slugs(tx: &mut Transaction) -> orm::Result<()> {
///     // …
/// #   let _ = tx;
///     Ok(())
/// }
///
/// fn main() -> std::process::ExitCode {
///     orm_cli::run_with::<Post>(|migrations| migrations.with_step("fill_slugs", fill_slugs))
/// }
/// ```
#[must_use]
pub fn run_with<S: ModelSet>(steps: impl Fn(Migrations) -> Migrations + 'static) -> ExitCode {
    program::run(Some(Models::of::<S>(steps)))
}

/// Runs the command without models: commands that need some are not available.
///
/// ```no_run
/// // The program `orm` of this crate.
/// fn main() -> std::process::ExitCode {
///     orm_cli::run_without_models()
/// }
/// ```
#[must_use]
pub fn run_without_models() -> ExitCode {
    program::run(None)
}

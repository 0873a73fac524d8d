//! The command `orm`: what is to be done with models and databases outside of a program.
//!
//! A program makes it its own, with its models, in three lines, as `src/bin/orm.rs`:
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
//! cargo run --bin orm -- verify          # does the database at DATABASE_URL fit the models?
//! cargo run --bin orm -- ddl --dialect mysql
//! cargo run --bin orm -- diagram --format svg --out schema.svg
//! ```
//!
//! What needs no models is in the program `orm` of this crate, too: `cargo install orm-cli`.
//!
//! | | | needs |
//! |---|---|---|
//! | `orm create-database` | creates the database of the URL, if it does not exist | a database |
//! | `orm reflect` | writes models from what is in a database | a database |
//! | `orm ddl` | the statements that create the tables of the models | models |
//! | `orm verify` | how a database differs from the models, and what mends it | both |
//! | `orm diagram` | a picture of the tables and foreign keys, as Mermaid or SVG | one of them |
//! | `orm migrate make`, `check` | a migration of what has changed in the models; whether one is missing | models |
//! | `orm migrate up`, `down`, `to`, `status`, `stamp`, `settle` | run migrations, or say which ones were | a database |
//! | `orm migrate squash` | one migration in the place of several | neither |
//! | `orm migrate sql` | all migrations as one script for somebody else | neither |
//!
//! # Which database
//!
//! The first of these that is there, and the command says which one it was:
//!
//! 1. `--url mysql://root@localhost/app`
//! 2. the variable `DATABASE_URL`, with options in `DATABASE_OPTIONS`
//! 3. the file `orm.toml` of the folder in which the command runs, or the file of `--config`:
//!
//! ```toml
//! [database]
//! url = "mysql://root@localhost/app"
//! connect_timeout = "10s"
//!
//! [database.binds.audit]
//! url = "sqlite:audit.db"
//!
//! [migrations] # both may be left out
//! folder = "migrations"
//! dialects = ["mysql", "mariadb"]
//!
//! [migrations.binds.audit] # else they are in `migrations/audit`
//! dialects = ["sqlite"]
//! ```
//!
//! `--bind audit` is for the database that models call `audit`: of the variables it is `DATABASE_URL_AUDIT`, of the file
//! `[database.binds.audit]`. A command works on one database, and on the models that belong to it.
//!
//! # For scripts
//!
//! Data goes to the standard output, all else to the standard error. With `--json` both are JSON. Colours and progress are for
//! terminals only; `NO_COLOR` turns colours off. No password is ever printed.
//!
//! | exit code | |
//! |---|---|
//! | 0 | all is well |
//! | 1 | there are differences, or a check failed |
//! | 2 | the command was not understood, or lacks something, such as a URL |
//! | 3 | the database or a file gave an error |

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

/// The command with a model or a tuple of models: the whole `main` of a program.
///
/// It takes its arguments from those of the program, and gives the exit code that the documentation of this crate lists.
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

/// As [`run`], for migrations that call [steps in Rust](Migrations::with_step): gives them to those that are to be run.
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

/// The command without models: the commands that need some are not offered.
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

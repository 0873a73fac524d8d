//! Migrations for `orm`: SQL files that update a database from one state of its models to the next.
//!
//! They are generated from the difference between the models and the state after the last migration ([`Draft`]), are yours to
//! read and edit, and run in order, each once ([`Migrations`]). On disk, each is a folder:
//!
//! ```text
//! migrations/
//!   20261125_194500_create_users/
//!     up.sqlite.sql      what is run; one per database, or `up.sql` for all that have none of their own
//!     down.sqlite.sql    what reverts it; a migration without one cannot be reverted
//!     state.json         the schema after it, from which the next one is made
//!     replaces.txt       the migrations it replaces, if it was squashed
//! ```
//!
//! ```
//! use orm::prelude::*;
//! use orm_migrate::{Draft, Migrations};
//! # use orm_doc::{Post, User};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> orm::Result<()> {
//! # let folder = std::env::temp_dir().join(format!("orm_migrate_{}", std::process::id()));
//! let migrations = Migrations::read(&folder)?; // none yet
//! let draft = Draft::of::<(User, Post)>(&migrations, &[&orm::dialect::SQLITE])?;
//! draft.write(&folder, "create users and posts")?;
//!
//! let db = Database::open("sqlite::memory:")?;
//! let migrations = Migrations::read(&folder)?;
//! assert_eq!(migrations.up(&db).await?.len(), 1);
//! orm::Schema::verify::<(User, Post)>(&db).await?;
//! assert_eq!(migrations.up(&db).await?.len(), 0); // nothing left to do
//! migrations.down(&db, 1).await?;
//! # std::fs::remove_dir_all(folder).unwrap();
//! # Ok(())
//! # }
//! ```
//!
//! A program embeds them with [`migrations!`], and runs them when it starts: `migrations!("migrations")?.up(&db).await?`. In a
//! test, [`check`] fails if models have changed without a migration. What SQL cannot do is a [step](Migrations::with_step)
//! in Rust.
//!
//! # What a database records
//!
//! The table `orm_migrations` lists the applied migrations, with a checksum of their statements. If one was
//! [changed](Migrations::allow_changed) after it was applied, [is missing](Migrations::allow_missing) from the program, or
//! comes [before](Migrations::allow_late) an applied one without having run, [`Migrations::status`] shows it, and it is an
//! error unless you allow it. Only one program runs migrations at a time; others [wait](Migrations::wait). The nodes of a
//! cluster do not see each other's locks: a program that is overtaken by one on another node stops with an error.
//!
//! # Interrupted migrations
//!
//! On SQLite, a migration and the record of it are one transaction: either all of it has happened, or nothing. MySQL and
//! MariaDB commit each DDL statement by itself (<https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html>), so each
//! statement is recorded before and after it runs, and those that change rows are in one transaction with their record. The
//! next run continues after the last statement that is recorded as done. If a statement was begun but not recorded as done,
//! the definition of its table, view, trigger or routine is compared with the one before, which tells. Where that is not
//! conclusive, as for `TRUNCATE`, nothing more is run until you record the outcome with [`Migrations::resolve`].

mod agree;
mod effect;
mod fingerprint;
mod folder;
mod history;
mod make;
mod options;
mod plan;
mod progress;
mod ran;
mod replaced;
mod resolve;
mod runner;
mod script;
mod split;
mod squash;
mod stamp;
mod state;
mod status;
mod step;
mod subject;

pub use folder::Migrations;
pub use make::{Draft, PossibleRename, Step, check};
pub use progress::Progress;
pub use ran::Ran;
pub use resolve::Resolution;
pub use state::Unmerged;
pub use status::{State, Status};
pub use step::StepFn;

pub use orm_derive::migrations;

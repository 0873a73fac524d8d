//! Migrations for `orm`: SQL files that bring a database from one state of its models to the next.
//!
//! They are made of what differs between the models and the state that the last migration left ([`Draft`]), are yours to
//! read and edit, and are run in order, each once ([`Migrations`]). On disk, each has a folder:
//!
//! ```text
//! migrations/
//!   20261125_194500_create_users/
//!     up.sqlite.sql      what is run; for each database, or `up.sql` for all that have none of their own
//!     down.sqlite.sql    what takes it back; one without cannot be taken back
//!     state.json         the schema behind it, from which the next one is made
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
//! assert_eq!(migrations.up(&db).await?.len(), 0); // nothing is left to do
//! migrations.down(&db, 1).await?;
//! # std::fs::remove_dir_all(folder).unwrap();
//! # Ok(())
//! # }
//! ```
//!
//! A program brings them along with [`migrations!`], and runs them when it starts:
//! `migrations!("migrations")?.up(&db).await?`. In a test, [`check`] fails if models have changed and nobody has made a
//! migration.
//!
//! # Interrupted migrations
//!
//! On SQLite a migration is one transaction, with what is noted about it: it has happened or not. MySQL and MariaDB commit
//! each statement that changes tables by itself
//! (<https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html>), so each is noted before and after it runs. The next run
//! goes on behind the last one that is noted as done. If one was begun, and nobody knows whether it was done, nothing more is
//! run until [`Migrations::settle`] says which it is.

mod effect;
mod folder;
mod history;
mod make;
mod progress;
mod runner;
mod script;
mod split;
mod status;

pub use folder::{Migration, Migrations};
pub use make::{Draft, PossibleRename, Step, check};
pub use progress::Progress;
pub use runner::{Doubt, Ran};
pub use status::{State, Status};

pub use orm_derive::migrations;

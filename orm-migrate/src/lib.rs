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
//!     replaces.txt       which ones it stands for, if it was squashed
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
//! migration. What SQL cannot say is a [step](Migrations::with_step) in Rust.
//!
//! # What a database notes
//!
//! The table `orm_migrations` has those that were run, with a checksum of their statements. One that was
//! [changed](Migrations::allow_changed) since, that [is not here](Migrations::allow_missing) any more, or that comes
//! [before](Migrations::allow_late) one that was run is shown by [`Migrations::status`], and refused unless that is allowed.
//! Only one program runs migrations at a time; others [wait](Migrations::wait). On a cluster, whose nodes know nothing of each
//! other's locks, one that is overtaken by a program on another node runs nothing more, and ends with an error.
//!
//! # Interrupted migrations
//!
//! On SQLite a migration is one transaction, with what is noted about it: it has happened or not. MySQL and MariaDB commit
//! each statement that changes tables by itself
//! (<https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html>), so each is noted before and after it runs, and those
//! that change rows are in one transaction with their note. The next run goes on behind the last one that is noted as done.
//! If one was begun, and it is not noted that it was done, the definition of its table, view, trigger or routine tells: it is
//! compared with the one before. Where that does not say enough, as for `TRUNCATE`, nothing more is run until
//! [`Migrations::settle`] says what has become of it.

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
mod runner;
mod script;
mod settle;
mod split;
mod squash;
mod stamp;
mod status;
mod step;
mod subject;

pub use folder::Migrations;
pub use make::{Draft, PossibleRename, Step, check};
pub use progress::Progress;
pub use ran::Ran;
pub use settle::Doubt;
pub use status::{State, Status};
pub use step::StepFn;

pub use orm_derive::migrations;

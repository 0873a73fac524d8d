//! The status of migrations.

use orm::prelude::{DateTime, Utc};
use orm::{Database, Result};

use crate::Migrations;
use crate::history::{Applied, number, read_if_there};
use crate::replaced::InPart;

/// A migration and whether it has been applied.
///
/// ```
/// # use orm::prelude::*;
/// # use orm_migrate::Migrations;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// # let db = Database::open("sqlite::memory:")?;
/// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?;
/// migrations.up(&db).await?;
/// for status in migrations.status(&db).await? {
///     let at = status.at.map_or("-".to_owned(), |at| at.to_string());
///     println!("{:20} {:?} {at}", status.name, status.state);
///     assert!(status.at.is_some_and(|at| at <= orm::now()));
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The name.
    pub name: String,
    /// Whether it has been applied.
    pub state: State,
    /// When it was applied, or begun; for a [squashed](Migrations::squash) migration, when the last one that it
    /// replaces was applied.
    pub at: Option<DateTime<Utc>>,
}

/// Whether a migration has been applied.
///
/// ```
/// # use orm::prelude::*;
/// # use orm_migrate::{Migrations, State};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// # let db = Database::open("sqlite::memory:")?;
/// let first = ("1_t/up.sql", "CREATE TABLE t (n INTEGER);");
/// Migrations::from_files([first])?.up(&db).await?;
///
/// // In the next version of the program, it was edited, and another one was added.
/// let edited = ("1_t/up.sql", "CREATE TABLE t (n BIGINT);");
/// let second = ("2_u/up.sql", "CREATE TABLE u (n INTEGER);");
/// let migrations = Migrations::from_files([edited, second])?;
/// let states: Vec<State> = migrations.status(&db).await?.into_iter().map(|status| status.state).collect();
/// assert_eq!(states, [State::Changed, State::Pending]);
/// assert!(migrations.up(&db).await.unwrap_err().is_configuration());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// It has been applied.
    Applied,
    /// It is yet to be applied.
    Pending,
    /// It is yet to be applied, but a later one already was: see [`allow_late`](Migrations::allow_late).
    Late,
    /// It has been applied, fully or in part, and its statements were changed since: see
    /// [`allow_changed`](Migrations::allow_changed).
    Changed,
    /// It has been applied, but is not among these migrations: see [`allow_missing`](Migrations::allow_missing).
    Missing,
    /// It was [squashed](Migrations::squash), and the database has applied only some of the migrations that it
    /// replaces: [`up`](Migrations::up) refuses until the version of the program that still has them has applied all.
    Partial {
        /// How many of them were applied.
        run: u32,
        /// How many it replaces.
        replaces: u32,
    },
    /// It was interrupted after so many statements, while it was applied or reverted.
    Interrupted {
        /// How many are done.
        done: u32,
        /// How many there are.
        steps: u32,
        /// Whether the next one may be done, too. The next run finds out, or asks you to [`resolve`](Migrations::resolve)
        /// it.
        in_doubt: bool,
    },
}

impl Migrations {
    /// Returns the migrations in order, each with its state. Nothing is changed: on a database without a record of
    /// migrations, all are pending.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::{Migrations, State};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?;
    /// assert_eq!(migrations.status(&db).await?[0].state, State::Pending);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If a query fails, or an applied migration no longer has a script for this database.
    pub async fn status(&self, db: &Database) -> Result<Vec<Status>> {
        self.are_somewhere()?;
        let db = self.database(db)?;
        let mut history = read_if_there(&db).await?;
        let mut list: Vec<Status> = self.take_in_part(&mut history).iter().map(in_part).collect();
        for applied in &self.replaced(history, db.dialect())? {
            list.push(Status {
                name: applied.name.clone(),
                state: self.state(applied, &db)?,
                at: Some(applied.at),
            });
        }
        let last = list.iter().map(|status| status.name.clone()).max();
        let is_noted = |name: &&str| list.iter().any(|status| status.name == *name);
        let pending: Vec<&str> = self.names().filter(|name| !is_noted(name)).collect();
        list.extend(pending.into_iter().map(|name| {
            let is_late = last.as_deref().is_some_and(|last| last > name);
            let state = if is_late { State::Late } else { State::Pending };
            Status { name: name.to_owned(), state, at: None }
        }));
        list.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(list)
    }

    fn state(&self, applied: &Applied, db: &Database) -> Result<State> {
        let &Applied { done, steps, .. } = applied;
        Ok(if self.is_missing(applied) {
            State::Missing
        } else if self.is_changed(applied, db.dialect())? {
            State::Changed
        } else if applied.is_whole() {
            State::Applied
        } else {
            State::Interrupted { done, steps, in_doubt: applied.is_in_doubt() }
        })
    }
}

fn in_part(part: &InPart<'_>) -> Status {
    let state = State::Partial { run: number(part.run()), replaces: number(part.migration.replaces.len()) };
    Status { name: part.migration.name.clone(), state, at: part.noted.last().map(|last| last.at) }
}

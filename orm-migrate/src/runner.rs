//! Runs migrations.

mod hand;
mod journal;
mod lost;
mod resume;
mod whole;

use orm::dialect::Dialect;
use orm::{Database, Error, Result};

use crate::history::{Applied, read_if_there};
use crate::plan::{Goal, Work};
use crate::{Migrations, Ran};

pub(crate) use hand::Hand;
use hand::occupied;
pub(crate) use whole::begin as begin_whole;

impl Migrations {
    /// Runs all pending migrations, in order.
    ///
    /// If several programs start at the same time, one runs them while the others [wait](Self::wait).
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER); CREATE INDEX i ON t (n);")])?;
    /// let ran = migrations.up(&db).await?;
    /// assert_eq!((ran[0].name.as_str(), ran[0].statements.len()), ("1_t", 2));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration`, before anything runs, if an applied migration has been [changed](Self::allow_changed) or
    /// [is missing](Self::allow_missing); if a pending one comes [before an applied one](Self::allow_late); if one has
    /// no script for the database, or calls a [step](Self::with_step) that was not given; or if the folder does not
    /// exist. If a statement fails, its error, with the name of the migration and the number of the statement; on MySQL
    /// and MariaDB, the statements before it stay done. `Interrupted` if it is unknown whether a statement was done:
    /// see [`resolve`](Self::resolve); or if another program has overtaken this one, as can happen between the nodes of a
    /// cluster. `LockTimeout` if another program runs migrations for too long.
    pub async fn up(&self, db: &Database) -> Result<Vec<Ran>> {
        self.run(db, Goal::Up(self.list.len())).await
    }

    /// Reverts all migrations after this one, and runs the pending ones up to it: it is then the last one applied.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// let migrations = Migrations::from_files([
    ///     ("1_users/up.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);"),
    ///     ("1_users/down.sql", "DROP TABLE users;"),
    ///     ("2_posts/up.sql", "CREATE TABLE posts (id INTEGER PRIMARY KEY);"),
    ///     ("2_posts/down.sql", "DROP TABLE posts;"),
    /// ])?;
    ///
    /// assert_eq!(migrations.to(&db, "2_posts").await?.len(), 2);
    /// let back = migrations.to(&db, "1_users").await?;
    /// assert_eq!((back[0].name.as_str(), back[0].up), ("2_posts", false));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`up`](Self::up) and [`down`](Self::down), or if there is no such migration.
    pub async fn to(&self, db: &Database, name: &str) -> Result<Vec<Ran>> {
        self.are_somewhere()?;
        let at = self.position(name)?;
        self.run(db, Goal::To(at + 1)).await
    }

    /// Reverts so many migrations, the last one first.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// let migrations = Migrations::from_files([
    ///     ("1_t/up.sql", "CREATE TABLE t (n INTEGER);"),
    ///     ("1_t/down.sql", "DROP TABLE t;"),
    /// ])?;
    /// migrations.up(&db).await?;
    /// assert!(!migrations.down(&db, 1).await?[0].up);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`up`](Self::up); kind `Configuration`, before anything runs, if one of them has no `down.sql`.
    pub async fn down(&self, db: &Database, count: usize) -> Result<Vec<Ran>> {
        self.run(db, Goal::Down(count)).await
    }

    async fn run(&self, db: &Database, goal: Goal) -> Result<Vec<Ran>> {
        self.are_somewhere()?;
        let db = self.database(db)?;
        let noted = read_if_there(&db).await?;
        // Known from the first connection on.
        let dialect = db.dialect();
        if self.options.dry_run {
            let plan = self.would(&noted, goal, dialect)?;
            return Ok(plan.into_iter().map(|work| Ran::behind(work.done_before(), work)).collect());
        }
        if self.is_settled(&noted, goal, dialect) {
            return Ok(Vec::new());
        }
        if dialect.ddl.commits {
            journal::run(self, &db, goal).await
        } else {
            whole::run(self, &db, goal).await
        }
    }

    /// Returns what would run.
    fn would(&self, noted: &[Applied], goal: Goal, dialect: &Dialect) -> Result<Vec<Work<'_>>> {
        let history = self.replaced(noted.to_vec(), dialect)?;
        self.agree(&history, dialect)?;
        self.plan(&history, goal, dialect, usize::MAX)
    }

    /// Returns whether there is nothing to run or to record. Then neither the lock nor the privilege to write is needed. Whatever
    /// disagrees may do so because another program is running migrations, and is looked at again with the lock.
    fn is_settled(&self, noted: &[Applied], goal: Goal, dialect: &Dialect) -> bool {
        let is_recorded = self.replaced(noted.to_vec(), dialect).is_ok_and(|history| history == noted);
        is_recorded && self.would(noted, goal, dialect).is_ok_and(|plan| plan.is_empty())
    }

    fn tell(&self, work: &Work<'_>, at: usize) {
        self.options.listener.tell(&work.migration.name, work.up, at, &work.statements);
    }
}

/// Adds the position of a statement to its error.
#[cold]
fn failed(error: Error, work: &Work<'_>, at: usize) -> Error {
    let statement = work.statements.get(at).map_or("", String::as_str);
    let message = format!(
        "the migration `{}` failed at statement {} of {}, `{}`: {error}",
        work.migration.name,
        at + 1,
        work.statements.len(),
        statement.lines().next().unwrap_or_default(),
    );
    let kind = error.kind();
    error.into_kind(kind, message)
}

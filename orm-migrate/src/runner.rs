//! Running migrations.

mod hand;
mod journal;
mod whole;

use orm::{Database, Error, ErrorKind, Result};

use crate::Migrations;
use crate::folder::Migration;
use crate::history::{Applied, read, script};
use hand::Hand;

/// A migration that was run.
///
/// ```
/// # use orm::prelude::*;
/// # use orm_migrate::{Migrations, Ran};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// # let db = Database::open("sqlite::memory:")?;
/// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?;
/// let ran = migrations.up(&db).await?;
/// assert_eq!(ran, [Ran { name: "1_t".into(), up: true, statements: 1 }]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Its name.
    pub name: String,
    /// Whether it was run, and not taken back.
    pub up: bool,
    /// How many statements that took.
    pub statements: usize,
}

/// What has become of a statement that was begun, when nobody knows whether it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It was done: go on behind it.
    Done,
    /// It was not: run it again.
    NotDone,
}

/// Where to.
enum Goal {
    /// So many of the migrations are run, and nothing is taken back.
    Up(usize),
    /// So many are run, and no others.
    To(usize),
    /// So many are still to be taken back.
    Down(usize),
}

/// What is run next: a migration, and in which direction.
type Next<'m> = Option<(&'m Migration, bool)>;

impl Migrations {
    /// Runs all migrations that were not run yet, in order.
    ///
    /// Of several programs that start at once, one runs them while the others [wait](Self::wait).
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER); CREATE INDEX i ON t (n);")])?;
    /// let ran = migrations.up(&db).await?;
    /// assert_eq!((ran[0].name.as_str(), ran[0].statements), ("1_t", 2));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// That of the statement that failed, with the migration's name and its number; on the MySQL family what stands before it
    /// stays done. Kind `Configuration` if a migration was changed after it was run, or is not here, or has no script for the
    /// database; `Interrupted` if it is unknown whether a statement was done: see [`settle`](Self::settle); `LockTimeout` if
    /// another program runs migrations for too long.
    pub async fn up(&self, db: &Database) -> Result<Vec<Ran>> {
        self.run(db, Goal::Up(self.list.len())).await
    }

    /// Runs or takes back what it needs for this migration to be the last one that was run.
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
        let at = self.position(name)?;
        self.run(db, Goal::To(at + 1)).await
    }

    /// Takes back so many migrations, the last one first.
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
    /// As for [`up`](Self::up); kind `Configuration` if a migration has no `down.sql`.
    pub async fn down(&self, db: &Database, count: usize) -> Result<Vec<Ran>> {
        self.run(db, Goal::Down(count)).await
    }

    /// Notes all migrations up to this one as run, and runs nothing: for a database that has all of it already.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// sql!("CREATE TABLE users (id INTEGER PRIMARY KEY)").execute(&db).await?; // years ago
    /// let migrations = Migrations::from_files([
    ///     ("1_users/up.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);"),
    ///     ("1_users/down.sql", "DROP TABLE users;"),
    ///     ("2_posts/up.sql", "CREATE TABLE posts (id INTEGER PRIMARY KEY);"),
    ///     ("2_posts/down.sql", "DROP TABLE posts;"),
    /// ])?;
    ///
    /// migrations.stamp(&db, "1_users").await?;
    /// let ran = migrations.up(&db).await?;
    /// assert_eq!((ran.len(), ran[0].name.as_str()), (1, "2_posts"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If there is no such migration, or the database cannot be reached.
    pub async fn stamp(&self, db: &Database, name: &str) -> Result<()> {
        let (at, db) = (self.position(name)?, self.database(db)?);
        let mut hand = Hand::take(&db, self.wait).await?;
        let history = read(hand.connection()).await?;
        for migration in &self.list[..=at] {
            if !history.iter().any(|applied| applied.name == migration.name) {
                let statements = script(migration, true, &db)?;
                hand.note(&migration.name, &statements, count(&statements), "up").await?;
            }
        }
        hand.release().await
    }

    /// Says what has become of the statement that was begun when a migration was interrupted, so that the next run can go
    /// on. Nothing is run. [`status`](Self::status) says whether there is one.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::{Doubt, Migrations, State};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?;
    /// let in_doubt = migrations.status(&db).await?.into_iter().any(|migration| {
    ///     matches!(migration.state, State::Interrupted { in_doubt: true, .. })
    /// });
    /// if in_doubt {
    ///     migrations.settle(&db, Doubt::NotDone).await?; // somebody has looked: the statement is to be run again
    /// }
    /// assert_eq!(migrations.up(&db).await?.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Kind `NotFound` if nothing is in doubt.
    pub async fn settle(&self, db: &Database, doubt: Doubt) -> Result<()> {
        let db = self.database(db)?;
        let mut hand = Hand::take(&db, self.wait).await?;
        let history = read(hand.connection()).await?;
        let Some(applied) = history.into_iter().find(|applied| applied.begun > applied.done) else {
            hand.release().await?;
            return Err(Error::new(ErrorKind::NotFound, "no statement of a migration is in doubt"));
        };
        let done = if doubt == Doubt::Done { applied.begun } else { applied.done };
        let migration = &self.list[self.position(&applied.name)?];
        let statements = script(migration, applied.way == "up", &db)?;
        hand.note_progress(&applied.name, &statements, done, done).await?;
        hand.release().await
    }

    pub(crate) fn database(&self, db: &Database) -> Result<Database> {
        self.bind.as_ref().map_or_else(|| Ok(db.clone()), |name| db.on(name))
    }

    async fn run(&self, db: &Database, mut goal: Goal) -> Result<Vec<Ran>> {
        let db = self.database(db)?;
        let mut hand = Hand::take(&db, self.wait).await?;
        let mut ran = Vec::new();
        let result = loop {
            match self.run_next(&mut hand, &mut goal).await {
                Ok(Some(one)) => ran.push(one),
                Ok(None) => break Ok(ran),
                Err(error) => break Err(error),
            }
        };
        let released = hand.release().await;
        result.and_then(|ran| released.map(|()| ran))
    }

    async fn run_next(&self, hand: &mut Hand<'_>, goal: &mut Goal) -> Result<Option<Ran>> {
        if hand.is_whole() {
            whole::begin(hand, self.wait).await?;
            let result = async {
                let Some((migration, up, statements, _)) = self.next(hand, goal).await? else {
                    return Ok(None);
                };
                whole::run(hand, &migration.name, up, &statements, &self.listener).await?;
                Ok(Some(Ran { name: migration.name.clone(), up, statements: statements.len() }))
            };
            let result = result.await;
            whole::end(hand, result).await
        } else {
            let Some((migration, up, statements, applied)) = self.next(hand, goal).await? else {
                return Ok(None);
            };
            let left = journal::run(hand, migration, up, &statements, applied, &self.listener).await?;
            Ok(Some(Ran { name: migration.name.clone(), up, statements: left }))
        }
    }

    /// What is run next, its statements, and what is noted about it.
    async fn next(
        &self,
        hand: &mut Hand<'_>,
        goal: &mut Goal,
    ) -> Result<Option<(&Migration, bool, Vec<String>, Option<Applied>)>> {
        let history = read(hand.connection()).await?;
        self.agree(&history, hand.db)?;
        let Some((migration, up)) = self.choose(&history, goal)? else { return Ok(None) };
        let statements = script(migration, up, hand.db)?;
        let applied = history.into_iter().find(|applied| applied.name == migration.name);
        Ok(Some((migration, up, statements, applied)))
    }

    fn choose<'m>(&'m self, history: &[Applied], goal: &mut Goal) -> Result<Next<'m>> {
        let count = match goal {
            Goal::Up(count) | Goal::To(count) => *count,
            Goal::Down(0) => return Ok(None),
            Goal::Down(_) => 0,
        };
        // What was interrupted is finished first.
        if let Some(applied) = history.iter().find(|applied| !applied.is_whole()) {
            let (migration, up) = (&self.list[self.position(&applied.name)?], applied.way == "up");
            count_down(goal, up);
            return Ok(Some((migration, up)));
        }
        let applied = |migration: &&Migration| history.iter().any(|applied| applied.name == migration.name);
        if let Some(pending) = self.list[..count].iter().find(|migration| !applied(migration)) {
            return Ok(Some((pending, true)));
        }
        if matches!(goal, Goal::Up(_)) {
            return Ok(None);
        }
        let last = self.list[count..].iter().rfind(applied);
        count_down(goal, false);
        Ok(last.map(|migration| (migration, false)))
    }
}

/// One is taken back.
fn count_down(goal: &mut Goal, up: bool) {
    if let Goal::Down(count) = goal
        && !up
    {
        *count -= 1;
    }
}

/// The error of a statement, with where it stands.
#[cold]
fn failed(error: Error, name: &str, at: usize, statements: &[String]) -> Error {
    let message = format!(
        "the migration `{name}` failed at statement {} of {}, `{}`: {error}",
        at + 1,
        statements.len(),
        statements.get(at).map_or("", |statement| statement.lines().next().unwrap_or_default()),
    );
    let kind = error.kind();
    error.into_kind(kind, message)
}

/// How many there are.
fn count(statements: &[String]) -> u32 {
    u32::try_from(statements.len()).unwrap_or(u32::MAX)
}

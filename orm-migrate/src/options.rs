//! Options of running migrations.

use std::time::Duration;

use orm::{Database, Result};

use crate::Migrations;
use crate::progress::Listener;
use crate::step::RustSteps;

/// The options, apart from the migrations themselves.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) bind: Option<String>,
    pub(crate) allow_changed: bool,
    pub(crate) allow_missing: bool,
    pub(crate) allow_late: bool,
    pub(crate) dry_run: bool,
    /// How long to wait for another program.
    pub(crate) wait: Duration,
    pub(crate) listener: Listener,
    pub(crate) steps: RustSteps,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            bind: None,
            allow_changed: false,
            allow_missing: false,
            allow_late: false,
            dry_run: false,
            wait: Duration::from_secs(60),
            listener: Listener::default(),
            steps: RustSteps::default(),
        }
    }
}

impl Migrations {
    /// Selects the database of this name, as models name theirs with `#[orm(bind = "audit")]`: the migrations are
    /// generated from its models, and run on it.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// let db = Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open()?;
    /// let audit = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?.bind("audit");
    /// audit.up(&db).await?;
    /// assert_eq!(sql!("SELECT count(*) FROM t").scalar::<i64>(&db.on("audit")?).await?, 0);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn bind(mut self, name: impl Into<String>) -> Self {
        self.options.bind = Some(name.into());
        self
    }

    /// Accepts migrations whose statements were changed after they were applied; what was applied stays as it is.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?.up(&db).await?;
    /// let changed = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n TEXT);")])?;
    /// assert!(changed.up(&db).await.is_err());
    /// assert_eq!(changed.allow_changed().up(&db).await?, []);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn allow_changed(mut self) -> Self {
        self.options.allow_changed = true;
        self
    }

    /// Accepts a database that has applied migrations which are not among these; they stay applied. This lets you roll
    /// back a program to its previous version without changing the database.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);"), ("2_u/up.sql", "")])?.up(&db).await?;
    /// let before = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?;
    /// assert!(before.up(&db).await.is_err());
    /// assert_eq!(before.allow_missing().up(&db).await?, []);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn allow_missing(mut self) -> Self {
        self.options.allow_missing = true;
        self
    }

    /// Runs migrations even if later ones were applied before, for example after two branches were merged.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// Migrations::from_files([("2_u/up.sql", "CREATE TABLE u (n INTEGER);")])?.up(&db).await?;
    /// let merged = Migrations::from_files([
    ///     ("1_t/up.sql", "CREATE TABLE t (n INTEGER);"),
    ///     ("2_u/up.sql", "CREATE TABLE u (n INTEGER);"),
    /// ])?;
    /// assert!(merged.up(&db).await.is_err());
    /// assert_eq!(merged.allow_late().up(&db).await?[0].name, "1_t");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn allow_late(mut self) -> Self {
        self.options.allow_late = true;
        self
    }

    /// Changes nothing: [`up`](Self::up), [`down`](Self::down) and [`to`](Self::to) return the statements that they
    /// would run.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::Migrations;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?;
    /// let would = migrations.clone().dry_run().up(&db).await?;
    /// assert_eq!(would[0].statements, ["CREATE TABLE t (n INTEGER)"]);
    /// assert_eq!(migrations.up(&db).await?, would); // now it has run
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn dry_run(mut self) -> Self {
        self.options.dry_run = true;
        self
    }

    /// Sets how long to wait for another program that is running migrations: a minute by default.
    ///
    /// ```
    /// # use orm_migrate::Migrations;
    /// # use std::time::Duration;
    /// let migrations = Migrations::read("migrations")?.wait(Duration::from_secs(5));
    /// # Ok::<(), orm::Error>(())
    /// ```
    #[must_use]
    pub fn wait(mut self, at_most: Duration) -> Self {
        self.options.wait = at_most;
        self
    }

    /// Returns the database that they are for.
    pub(crate) fn database(&self, db: &Database) -> Result<Database> {
        self.options.bind.as_ref().map_or_else(|| Ok(db.clone()), |name| db.on(name))
    }
}

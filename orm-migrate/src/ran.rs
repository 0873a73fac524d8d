//! The result of a run.

use crate::plan::Work;

/// A migration that was run, or that a [dry run](crate::Migrations::dry_run) would run.
///
/// ```
/// # use orm::prelude::*;
/// # use orm_migrate::Migrations;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// # let db = Database::open("sqlite::memory:")?;
/// let migrations = Migrations::from_files([
///     ("1_t/up.sql", "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1);"),
///     ("1_t/down.sql", "DROP TABLE t;"),
/// ])?;
/// let ran = &migrations.up(&db).await?[0];
/// assert_eq!((ran.name.as_str(), ran.up, ran.statements.len()), ("1_t", true, 2));
/// let back = &migrations.down(&db, 1).await?[0];
/// assert_eq!((back.up, back.statements[0].as_str()), (false, "DROP TABLE t"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ran {
    /// The name.
    pub name: String,
    /// Whether it was applied, rather than reverted.
    pub up: bool,
    /// The statements, in order, without those that an earlier run had done. A step in Rust is the line that calls it.
    pub statements: Vec<String>,
    /// How many of its statements an earlier run had done.
    pub done_before: usize,
}

impl Ran {
    /// Returns what runs after so many statements of a migration.
    pub(crate) fn behind(done_before: usize, work: Work<'_>) -> Self {
        let statements = work.statements.into_iter().skip(done_before).collect();
        Ran { name: work.migration.name.clone(), up: work.up, statements, done_before }
    }
}

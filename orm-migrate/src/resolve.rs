//! Manual resolution of interrupted statements.

use orm::{Database, Error, ErrorKind, Result};

use crate::Migrations;
use crate::history::{Applied, forget, note_progress, read_if_there};
use crate::plan::script;
use crate::runner::Hand;

/// The outcome of an interrupted migration, as found by a person.
///
/// ```
/// # use orm::prelude::*;
/// use orm_migrate::{Resolution, Migrations, State};
///
/// /// Called after a person has checked that the statement was done.
/// async fn it_was_done(migrations: &Migrations, db: &Database) -> orm::Result<()> {
///     let interrupted = migrations.status(db).await?.into_iter().find(|status| {
///         matches!(status.state, State::Interrupted { in_doubt: true, .. }) // never on SQLite
///     });
///     match interrupted {
///         Some(_) => migrations.resolve(db, Resolution::Done).await,
///         None => Ok(()),
///     }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// # let db = Database::open("sqlite::memory:")?;
/// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?;
/// it_was_done(&migrations, &db).await?;
/// assert_eq!(migrations.up(&db).await?.len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resolution {
    /// The statement in doubt was done: continue after it.
    Done,
    /// The statement in doubt was not done: run it again.
    NotDone,
    /// All effects of the migration were undone by hand: it counts as never begun. If it was being reverted, that was
    /// completed by hand.
    Undone,
}

impl Migrations {
    /// Declares the outcome of an interrupted migration, so that the next run can continue. Nothing is run.
    /// [`status`](Self::status) shows whether a migration was interrupted.
    ///
    /// This is rarely necessary: for most statements, the definitions in the database tell whether they were done.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm_migrate::{Resolution, Migrations};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # let db = Database::open("sqlite::memory:")?;
    /// let migrations = Migrations::from_files([("1_t/up.sql", "CREATE TABLE t (n INTEGER);")])?;
    /// let error = migrations.resolve(&db, Resolution::Done).await.unwrap_err();
    /// assert_eq!(error.to_string(), "no statement of a migration is in doubt");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Kind `NotFound` if nothing is in doubt or, for [`Undone`](Resolution::Undone), if no migration was interrupted.
    pub async fn resolve(&self, db: &Database, resolution: Resolution) -> Result<()> {
        self.are_somewhere()?;
        let db = self.database(db)?;
        if !db.dialect().ddl.commits {
            // Every migration has been undone.
            return Err(nothing(resolution));
        }
        let mut hand = Hand::take(&db, self.options.wait).await?;
        let result = self.resolve_in_hand(&mut hand, resolution).await;
        let released = hand.release().await;
        result.and(released)
    }

    async fn resolve_in_hand(&self, hand: &mut Hand<'_>, resolution: Resolution) -> Result<()> {
        let history = read_if_there(hand.connection()).await?;
        let Some(interrupted) = history.into_iter().find(|applied| !applied.is_whole()) else {
            return Err(nothing(resolution));
        };
        let (name, up) = (interrupted.name.as_str(), interrupted.is_up());
        let done = match resolution {
            Resolution::Undone => return forget(hand.connection(), name).await,
            _ if !interrupted.is_in_doubt() => return Err(nothing(resolution)),
            Resolution::Done => interrupted.done() + 1,
            Resolution::NotDone => interrupted.done(),
        };
        let statements = script(&self.list[self.position(name)?], up, hand.db.dialect())?;
        note_progress(hand.connection(), &interrupted, &Applied::new(name, up, &statements, done)).await
    }
}

#[cold]
fn nothing(resolution: Resolution) -> Error {
    let message = match resolution {
        Resolution::Undone => "no migration was interrupted",
        Resolution::Done | Resolution::NotDone => "no statement of a migration is in doubt",
    };
    Error::new(ErrorKind::NotFound, message)
}

//! What was run, and what is to be.

use orm::{Database, Result};

use crate::Migrations;
use crate::history::{Applied, read};

/// One migration and whether it was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its name.
    pub name: String,
    /// Whether it was run.
    pub state: State,
}

/// Whether a migration was run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// It was run.
    Applied,
    /// It is still to be run.
    Pending,
    /// It was interrupted behind so many statements, on its way up or down; `in_doubt` if nobody knows of the next one
    /// whether it was done.
    Interrupted {
        /// How many are done.
        done: u32,
        /// How many it has.
        steps: u32,
        /// Whether the next one may be done, too.
        in_doubt: bool,
    },
    /// It was run, and is not among these migrations.
    Unknown,
}

impl Migrations {
    /// The migrations in order, each with whether it was run. Nothing is changed: on a database that has never seen one, all
    /// are pending.
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
    /// If the database cannot be asked.
    pub async fn status(&self, db: &Database) -> Result<Vec<Status>> {
        let db = self.database(db)?;
        let history = match read(&db).await {
            Err(error) if error.is_no_such_table() => Vec::new(),
            read => read?,
        };
        let find = |name: &str| history.iter().find(|applied| applied.name == name);
        let mut list: Vec<Status> = self
            .names()
            .map(|name| Status { name: name.to_owned(), state: find(name).map_or(State::Pending, state) })
            .collect();
        let unknown = history.iter().filter(|applied| self.position(&applied.name).is_err());
        list.extend(unknown.map(|applied| Status { name: applied.name.clone(), state: State::Unknown }));
        list.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(list)
    }
}

fn state(applied: &Applied) -> State {
    let &Applied { done, begun, steps, .. } = applied;
    if applied.is_whole() {
        State::Applied
    } else {
        State::Interrupted { done, steps, in_doubt: begun > done }
    }
}

//! The record that a database has of its applied migrations.

use std::fmt::Write as _;

use orm::dialect::Dialect;
use orm::prelude::*;
use orm::raw::sql_verbatim;
use orm::{Error, ErrorKind, Executor, Result, Schema};
use sha2::{Digest, Sha256};

/// A migration that was applied, or begun.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "orm_migrations")]
pub(crate) struct Applied {
    #[orm(primary_key, length = 190)]
    pub(crate) name: String,
    /// The checksum of the statements that were begun.
    #[orm(length = 64)]
    pub(crate) checksum: String,
    /// `up` or `down`.
    #[orm(length = 4)]
    pub(crate) way: String,
    /// The number of its statements.
    pub(crate) steps: u32,
    /// How many statements were begun, and how many are known to be done.
    pub(crate) begun: u32,
    pub(crate) done: u32,
    /// The fingerprint before the statement that was begun and is not known to be done: see
    /// [`fingerprint`](crate::fingerprint).
    #[orm(length = 64)]
    pub(crate) before: Option<String>,
    #[orm(default = now)]
    pub(crate) at: DateTime<Utc>,
}

impl Applied {
    /// Creates the record of a migration of which this many statements are done.
    pub(crate) fn new(name: &str, up: bool, statements: &[String], done: usize) -> Self {
        Applied {
            name: name.to_owned(),
            checksum: checksum(&statements[..done.min(statements.len())]),
            way: way(up).to_owned(),
            steps: number(statements.len()),
            begun: number(done),
            done: number(done),
            before: None,
            at: orm::now(),
        }
    }

    pub(crate) fn is_up(&self) -> bool {
        self.way == way(true)
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.is_up() && self.done == self.steps
    }

    pub(crate) fn is_in_doubt(&self) -> bool {
        self.begun > self.done
    }

    /// Returns how many of its statements are done.
    pub(crate) fn done(&self) -> usize {
        self.done as usize
    }

    /// Returns whether the statements that it began are the first ones of these, or all of them if it was applied.
    pub(crate) fn is_of(&self, statements: &[String]) -> bool {
        let begun = statements.get(..self.begun as usize);
        let whole = !self.is_whole() || statements.len() == self.done();
        whole && begun.is_some_and(|begun| checksum(begun) == self.checksum)
    }
}

fn way(up: bool) -> &'static str {
    if up { "up" } else { "down" }
}

/// Converts a number of statements, which no script exceeds.
pub(crate) fn number(statements: usize) -> u32 {
    u32::try_from(statements).unwrap_or(u32::MAX)
}

/// Creates the table unless it exists.
pub(crate) async fn create(on: impl Executor<'_>, dialect: &Dialect) -> Result<()> {
    let mut on = on.on();
    for statement in Schema::of::<Applied>(dialect)?.ddl(dialect) {
        sql_verbatim(statement).execute(&mut on).await?;
    }
    Ok(())
}

/// Returns the applied migrations, in order.
pub(crate) async fn read(on: impl Executor<'_>) -> Result<Vec<Applied>> {
    let mut history = Applied::query().all(on).await?;
    // Sorted as the names of folders are, whatever the collation of the database.
    history.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(history)
}

/// Returns the applied migrations of a database that may have no table of them.
pub(crate) async fn read_if_there(on: impl Executor<'_>) -> Result<Vec<Applied>> {
    match read(on).await {
        Err(error) if error.is_no_such_table() => Ok(Vec::new()),
        read => read,
    }
}

/// Records a migration, replacing any earlier record.
pub(crate) async fn note(on: impl Executor<'_>, applied: &Applied) -> Result<()> {
    let mut on = on.on();
    forget(&mut on, &applied.name).await?;
    note_new(&mut on, applied).await
}

/// Records a migration that has no record, unless another program has done so in the meantime.
pub(crate) async fn note_new(on: impl Executor<'_>, applied: &Applied) -> Result<()> {
    let inserted = Applied::insert_all([applied.clone()]).execute(on).await;
    inserted.map(drop).map_err(|error| match error.is_unique_violation() {
        true => overtaken().with_source(error),
        false => error,
    })
}

/// Records the progress of a migration, unless another program has changed its record in the meantime: a named lock is
/// lost with its connection, and each node of a cluster has its own.
pub(crate) async fn note_progress(on: impl Executor<'_>, before: &Applied, now: &Applied) -> Result<()> {
    let (old, new) = (before.clone(), now.clone());
    let set = Applied::update().set(|a| {
        let script = (a.checksum.to(new.checksum), a.way.to(new.way), a.steps.to(new.steps));
        let progress = (a.begun.to(new.begun), a.done.to(new.done), a.before.to(new.before));
        (script, progress, a.at.to(new.at))
    });
    let noted = set
        .filter(|a| a.name.eq(old.name).and(a.way.eq(old.way)))
        .filter(|a| a.begun.eq(old.begun).and(a.done.eq(old.done)))
        .execute(on)
        .await?;
    if noted == 0 { Err(overtaken()) } else { Ok(()) }
}

/// The error of a program that another one has overtaken.
#[cold]
pub(crate) fn overtaken() -> Error {
    Error::new(ErrorKind::Interrupted, "another program has continued this migration in the meantime")
}

/// Deletes the record of a migration.
pub(crate) async fn forget(on: impl Executor<'_>, name: &str) -> Result<()> {
    Applied::delete().filter(|a| a.name.eq(name)).execute(on).await.map(drop)
}

/// Returns the checksum of statements. Git may give the same file other line ends on another computer.
pub(crate) fn checksum(statements: &[String]) -> String {
    let mut hash = Sha256::new();
    for statement in statements {
        hash.update(statement.replace("\r\n", "\n"));
        hash.update(";");
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

//! What a database knows of the migrations that were run on it.

use std::fmt::Write as _;

use orm::prelude::*;
use orm::raw::{RawConnection, sql_unchecked};
use orm::{Error, ErrorKind, Result, Schema};
use sha2::{Digest, Sha256};

use crate::Migrations;
use crate::effect::{Effect, effect};
use crate::folder::Migration;
use crate::split::statements;

/// A migration that was run, or begun.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "orm_migrations")]
pub(crate) struct Applied {
    #[orm(primary_key, length = 190)]
    pub(crate) name: String,
    /// Of the statements that were done.
    #[orm(length = 64)]
    pub(crate) checksum: String,
    /// `up` or `down`.
    #[orm(length = 4)]
    pub(crate) way: String,
    /// How many statements it has.
    pub(crate) steps: u32,
    /// How many were begun, and how many are known to be done.
    pub(crate) begun: u32,
    pub(crate) done: u32,
    #[orm(default = now)]
    pub(crate) at: DateTime<Utc>,
}

impl Applied {
    pub(crate) fn is_whole(&self) -> bool {
        self.way == "up" && self.done == self.steps
    }
}

/// Makes the table, if it is not there.
pub(crate) async fn create(connection: &mut RawConnection<'_>, db: &Database) -> Result<()> {
    for statement in Schema::of::<Applied>(db.dialect())?.ddl(db.dialect()) {
        connection.execute(sql_unchecked(statement)).await?;
    }
    Ok(())
}

/// What was run, in order.
pub(crate) async fn read<'a>(on: impl orm::Executor<'a>) -> Result<Vec<Applied>> {
    Applied::query().order_by(|a| a.name.asc()).all(on).await
}

/// The checksum of statements.
pub(crate) fn checksum(statements: &[String]) -> String {
    let mut hash = Sha256::new();
    for statement in statements {
        hash.update(statement);
        hash.update(";");
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The statements that a migration runs here.
pub(crate) fn script(migration: &Migration, up: bool, db: &Database) -> Result<Vec<String>> {
    let scripts = if up { &migration.up } else { &migration.down };
    match scripts.of(db.dialect()) {
        Some(script) => without_transactions(statements(script, db.dialect()), &migration.name, db),
        None => {
            let (way, key) = (if up { "up" } else { "down" }, crate::folder::key(db.dialect()));
            let message = format!(
                "the migration `{}` has neither `{way}.{key}.sql` nor `{way}.sql`: write one, if only with a comment",
                migration.name
            );
            Err(Error::new(ErrorKind::Configuration, message))
        }
    }
}

/// A script that ends the transaction which it is in would be noted as what it is not.
fn without_transactions(statements: Vec<String>, name: &str, db: &Database) -> Result<Vec<String>> {
    match statements.iter().find(|statement| effect(statement, db.dialect()) == Effect::Transaction) {
        None => Ok(statements),
        Some(statement) => {
            let message = format!(
                "the migration `{name}` has the statement `{statement}`: leave it out, since each migration is a transaction by \
                 itself where that can be, and each statement elsewhere"
            );
            Err(Error::new(ErrorKind::Configuration, message))
        }
    }
}

impl Migrations {
    /// Whether what was run is what there is: every migration is here, and its file is as it was.
    pub(crate) fn agree(&self, history: &[Applied], db: &Database) -> Result<()> {
        for applied in history {
            let Some(migration) = self.list.iter().find(|migration| migration.name == applied.name) else {
                let message = format!(
                    "the database has the migration `{}`, which is not here: is the program older than its database?",
                    applied.name
                );
                return Err(Error::new(ErrorKind::Configuration, message));
            };
            if self.allow_changed || applied.way != "up" {
                continue;
            }
            let done = usize::try_from(applied.done).unwrap_or(usize::MAX);
            let script = script(migration, true, db)?;
            let whole = !applied.is_whole() || script.len() == done;
            if !whole || script.get(..done).is_none_or(|done| checksum(done) != applied.checksum) {
                let message = format!(
                    "the migration `{}` was changed after it was run: write a new one instead, or let it be with \
                     `allow_changed`",
                    applied.name
                );
                return Err(Error::new(ErrorKind::Configuration, message));
            }
        }
        Ok(())
    }
}

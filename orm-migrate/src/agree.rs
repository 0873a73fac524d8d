//! Checks that the applied migrations agree with those of the program.

use orm::dialect::Dialect;
use orm::{Error, ErrorKind, Result};

use crate::Migrations;
use crate::history::Applied;
use crate::plan::script;

impl Migrations {
    /// Checks that every applied migration is among these, with unchanged statements.
    pub(crate) fn agree<'a>(
        &self,
        history: impl IntoIterator<Item = &'a Applied>,
        dialect: &Dialect,
    ) -> Result<()> {
        for applied in history {
            if self.is_missing(applied) {
                if self.options.allow_missing && applied.is_whole() {
                    continue;
                }
                return Err(missing(&applied.name, applied.is_whole()));
            }
            if !self.options.allow_changed && self.is_changed(applied, dialect)? {
                return Err(changed(&applied.name, applied.is_whole()));
            }
        }
        Ok(())
    }

    /// Returns whether an applied migration is not among these.
    pub(crate) fn is_missing(&self, applied: &Applied) -> bool {
        !self.list.iter().any(|migration| migration.name == applied.name)
    }

    /// Returns whether a migration was changed after it, or a part of it, was applied.
    pub(crate) fn is_changed(&self, applied: &Applied, dialect: &Dialect) -> Result<bool> {
        let found = self.list.iter().find(|migration| migration.name == applied.name);
        found.map_or(Ok(false), |migration| Ok(!applied.is_of(&script(migration, applied.is_up(), dialect)?)))
    }
}

#[cold]
fn missing(name: &str, whole: bool) -> Error {
    let message = if whole {
        format!(
            "the database has the migration `{name}`, which this program does not have: is the program older \
             than its database? If so, `allow_missing` (`--allow-missing`) ignores it"
        )
    } else {
        format!(
            "the migration `{name}` was interrupted, and this program does not have it: finish it with a program that has it, \
             or undo by hand what it did and record that with `resolve` and `Resolution::Undone` (`orm migrate resolve undone`)"
        )
    };
    Error::new(ErrorKind::Configuration, message)
}

#[cold]
fn changed(name: &str, whole: bool) -> Error {
    let message = if whole {
        format!(
            "the migration `{name}` was changed after it was run: restore it and write a new one for the \
             change, or leave the database as it is with `allow_changed` (`--allow-changed`)"
        )
    } else {
        format!(
            "the migration `{name}` was interrupted, and the statements that had run by then were changed \
             since: restore them, or undo by hand what they did and record that with `resolve` and \
             `Resolution::Undone` (`orm migrate resolve undone`)"
        )
    };
    Error::new(ErrorKind::Configuration, message)
}

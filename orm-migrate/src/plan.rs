//! What is to be run, by what was run.

use orm::dialect::Dialect;
use orm::{Error, ErrorKind, Result};

use crate::Migrations;
use crate::effect::{Effect, effect};
use crate::folder::Migration;
use crate::history::Applied;
use crate::split::statements;

/// Where to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    /// So many of the migrations are run, and nothing is taken back.
    Up(usize),
    /// So many are run, and no others.
    To(usize),
    /// So many are still to be taken back.
    Down(usize),
}

impl Goal {
    /// What is left of it behind a migration.
    pub(crate) fn after(self, up: bool) -> Self {
        match self {
            Goal::Down(left) if !up => Goal::Down(left.saturating_sub(1)),
            goal => goal,
        }
    }
}

/// A migration that is to be run, or taken back.
#[derive(Debug)]
pub(crate) struct Work<'m> {
    pub(crate) migration: &'m Migration,
    pub(crate) up: bool,
    pub(crate) statements: Vec<String>,
    /// What is noted about it.
    pub(crate) noted: Option<Applied>,
}

impl Work<'_> {
    /// How many of its statements an earlier run has done.
    pub(crate) fn done_before(&self) -> usize {
        let begun = self.noted.as_ref().filter(|noted| noted.is_up() == self.up && !noted.is_whole());
        begun.map_or(0, Applied::done).min(self.statements.len())
    }

    /// What is noted of it when so many of its statements are done.
    pub(crate) fn applied(&self, done: usize) -> Applied {
        Applied::new(&self.migration.name, self.up, &self.statements, done)
    }
}

impl Migrations {
    /// What is to be run on the way to a goal, in order; so many at most.
    pub(crate) fn plan(
        &self,
        history: &[Applied],
        mut goal: Goal,
        dialect: &Dialect,
        at_most: usize,
    ) -> Result<Vec<Work<'_>>> {
        let (mut history, mut plan) = (history.to_vec(), Vec::new());
        while plan.len() < at_most
            && let Some((migration, up)) = self.next(&history, goal)?
        {
            let at = history.iter().position(|applied| applied.name == migration.name);
            let noted = at.map(|at| history.remove(at));
            let work = Work { migration, up, statements: script(migration, up, dialect)?, noted };
            if up {
                history.push(work.applied(work.statements.len()));
                history.sort_by(|one, other| one.name.cmp(&other.name));
            }
            goal = goal.after(up);
            plan.push(work);
        }
        Ok(plan)
    }

    /// The migration that is run next, and whether it is not taken back.
    fn next(&self, history: &[Applied], goal: Goal) -> Result<Option<(&Migration, bool)>> {
        let (wanted, kept) = match goal {
            Goal::Up(count) => (count, self.list.len()),
            Goal::To(count) => (count, count),
            Goal::Down(0) => return Ok(None),
            Goal::Down(_) => (0, 0),
        };
        // What was interrupted is finished first.
        if let Some(applied) = history.iter().find(|applied| !applied.is_whole()) {
            return Ok(Some((&self.list[self.position(&applied.name)?], applied.is_up())));
        }
        let is_run = |migration: &&Migration| history.iter().any(|applied| applied.name == migration.name);
        if let Some(last) = self.list[kept..].iter().rfind(is_run) {
            return Ok(Some((last, false)));
        }
        let Some(pending) = self.list[..wanted].iter().find(|migration| !is_run(migration)) else {
            return Ok(None);
        };
        match history.last().filter(|last| last.name > pending.name) {
            Some(last) if !self.options.allow_late => Err(late(&pending.name, &last.name)),
            _ => Ok(Some((pending, true))),
        }
    }
}

/// The statements that a migration runs here.
pub(crate) fn script(migration: &Migration, up: bool, dialect: &Dialect) -> Result<Vec<String>> {
    let scripts = if up { &migration.up } else { &migration.down };
    match scripts.of(dialect) {
        Some(script) => without_transactions(statements(script, dialect), &migration.name, dialect),
        None => {
            let (way, key) = (if up { "up" } else { "down" }, crate::folder::key(dialect));
            let message = format!(
                "the migration `{}` has neither `{way}.{key}.sql` nor `{way}.sql`: write one, if only with a comment",
                migration.name
            );
            Err(Error::new(ErrorKind::Configuration, message))
        }
    }
}

/// A script that ends the transaction which it is in would be noted as what it is not.
fn without_transactions(statements: Vec<String>, name: &str, dialect: &Dialect) -> Result<Vec<String>> {
    match statements.iter().find(|statement| effect(statement, dialect) == Effect::Transaction) {
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

#[cold]
fn late(pending: &str, last: &str) -> Error {
    let message = format!(
        "the migration `{pending}` was not run, but the later `{last}` was: if it does not build on that, run it late with \
         `allow_late` (`--allow-late`), else give its folder a name that comes behind"
    );
    Error::new(ErrorKind::Configuration, message)
}

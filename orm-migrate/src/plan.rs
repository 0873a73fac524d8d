//! Plans what to run, given what has been applied.

use orm::dialect::Dialect;
use orm::{Error, ErrorKind, Result};

use crate::Migrations;
use crate::effect::{Effect, effect};
use crate::folder::Migration;
use crate::history::Applied;
use crate::split::statements;

/// The goal of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    /// Apply the first so many migrations, and revert none.
    Up(usize),
    /// Apply the first so many migrations, and revert all others.
    To(usize),
    /// Revert so many more migrations.
    Down(usize),
}

impl Goal {
    /// Returns what is left to do after a migration.
    pub(crate) fn after(self, up: bool) -> Self {
        match self {
            Goal::Down(left) if !up => Goal::Down(left.saturating_sub(1)),
            goal => goal,
        }
    }
}

/// A migration to apply or revert.
#[derive(Debug)]
pub(crate) struct Work<'m> {
    pub(crate) migration: &'m Migration,
    pub(crate) up: bool,
    pub(crate) statements: Vec<String>,
    /// Its record.
    pub(crate) noted: Option<Applied>,
}

impl Work<'_> {
    /// Returns how many of its statements an earlier run has done.
    pub(crate) fn done_before(&self) -> usize {
        let begun = self.noted.as_ref().filter(|noted| noted.is_up() == self.up && !noted.is_whole());
        begun.map_or(0, Applied::done).min(self.statements.len())
    }

    /// Returns its record when so many of its statements are done.
    pub(crate) fn applied(&self, done: usize) -> Applied {
        Applied::new(&self.migration.name, self.up, &self.statements, done)
    }
}

impl Migrations {
    /// Plans what to run to reach a goal, in order; at most so many.
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

    /// Returns the next migration, and whether it is applied rather than reverted.
    fn next(&self, history: &[Applied], goal: Goal) -> Result<Option<(&Migration, bool)>> {
        let (wanted, kept) = match goal {
            Goal::Up(count) => (count, self.list.len()),
            Goal::To(count) => (count, count),
            Goal::Down(0) => return Ok(None),
            Goal::Down(_) => (0, 0),
        };
        // An interrupted migration is finished first.
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

/// Returns the statements that a migration runs on this database.
pub(crate) fn script(migration: &Migration, up: bool, dialect: &Dialect) -> Result<Vec<String>> {
    let scripts = if up { &migration.up } else { &migration.down };
    match scripts.of(dialect) {
        Some(script) => runnable(statements(script, dialect), &migration.name, dialect),
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

/// Refuses a script that ends its enclosing transaction, or selects another database, since its record would be wrong; and one
/// that is written for a client.
fn runnable(statements: Vec<String>, name: &str, dialect: &Dialect) -> Result<Vec<String>> {
    let why = |statement: &String| match effect(statement, dialect) {
        Effect::Transaction => Some(
            "each migration is run in a transaction where that is possible, and each statement is committed by itself \
             elsewhere",
        ),
        Effect::Database => Some(
            "a migration is run, and recorded, in one database: name the tables of another one as in `other.users`",
        ),
        Effect::Client => Some(
            "only MySQL's client understands it: a trigger, procedure, function or event ends after its last END, and what ends \
             otherwise goes between the lines `-- orm:begin` and `-- orm:end`",
        ),
        Effect::Rows | Effect::Connection | Effect::Other => None,
    };
    match statements.iter().find_map(|statement| Some((statement, why(statement)?))) {
        None => Ok(statements),
        Some((statement, why)) => {
            let line = statement.lines().next().unwrap_or_default().trim_end();
            let message =
                format!("the migration `{name}` has the statement `{line}`: remove it, because {why}");
            Err(Error::new(ErrorKind::Configuration, message))
        }
    }
}

#[cold]
fn late(pending: &str, last: &str) -> Error {
    let message = format!(
        "the migration `{pending}` was not run, but the later `{last}` was: if it does not depend on that, \
         run it late with `allow_late` (`--allow-late`); otherwise rename its folder so that it comes last"
    );
    Error::new(ErrorKind::Configuration, message)
}

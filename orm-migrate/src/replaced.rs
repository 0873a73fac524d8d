//! Squashed migrations on databases that have applied the original ones.

use std::collections::BTreeSet;

use orm::dialect::Dialect;
use orm::{Error, ErrorKind, Executor, Result};

use crate::Migrations;
use crate::folder::Migration;
use crate::history::{Applied, forget, note};
use crate::plan::script;

/// A [squashed](Migrations::squash) migration of which a database has applied only some of the migrations that it
/// replaces.
pub(crate) struct InPart<'m> {
    pub(crate) migration: &'m Migration,
    /// The ones that were applied or begun.
    pub(crate) noted: Vec<Applied>,
}

impl InPart<'_> {
    /// Returns how many of them were applied.
    pub(crate) fn run(&self) -> usize {
        self.noted.iter().filter(|applied| applied.is_whole()).count()
    }
}

impl Migrations {
    /// Returns the history with each [squashed](Self::squash) migration in place of those that it replaces.
    pub(crate) fn replaced(&self, mut history: Vec<Applied>, dialect: &Dialect) -> Result<Vec<Applied>> {
        if let Some(part) = self.take_in_part(&mut history).first() {
            return Err(in_part(part));
        }
        for migration in self.squashed() {
            let (noted, others): (Vec<_>, Vec<_>) =
                history.into_iter().partition(|applied| migration.replaces.contains(&applied.name));
            history = others;
            if let Some(last) = noted.last() {
                history.push(Applied { at: last.at, ..stand_in(migration, dialect)? });
            }
        }
        history.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(history)
    }

    /// Removes from the history the migrations that are only a part of what a squashed one replaces.
    pub(crate) fn take_in_part(&self, history: &mut Vec<Applied>) -> Vec<InPart<'_>> {
        let mut parts = Vec::new();
        for migration in self.squashed() {
            let is_old = |applied: &Applied| migration.replaces.contains(&applied.name);
            let part =
                InPart { migration, noted: history.iter().filter(|old| is_old(old)).cloned().collect() };
            if !part.noted.is_empty() && part.run() < migration.replaces.len() {
                history.retain(|applied| !is_old(applied));
                parts.push(part);
            }
        }
        parts
    }

    fn squashed(&self) -> impl Iterator<Item = &Migration> {
        self.list.iter().filter(|migration| !migration.replaces.is_empty())
    }

    /// Checks that no replaced migration is still present.
    pub(crate) fn are_replaced(&self) -> Result<()> {
        let names: BTreeSet<&str> = self.names().collect();
        for migration in &self.list {
            if let Some(old) = migration.replaces.iter().find(|old| names.contains(old.as_str())) {
                let message = format!(
                    "the migration `{}` replaces `{old}`, which is still there: delete its folder",
                    migration.name
                );
                return Err(Error::new(ErrorKind::Configuration, message));
            }
        }
        Ok(())
    }
}

/// Records what was [replaced](Migrations::replaced). Call it in a transaction.
pub(crate) async fn note_replaced(on: impl Executor<'_>, before: &[Applied], now: &[Applied]) -> Result<()> {
    let mut on = on.on();
    for gone in before.iter().filter(|old| !now.iter().any(|new| new.name == old.name)) {
        forget(&mut on, &gone.name).await?;
    }
    for new in now.iter().filter(|new| !before.iter().any(|old| old.name == new.name)) {
        note(&mut on, new).await?;
    }
    Ok(())
}

fn stand_in(migration: &Migration, dialect: &Dialect) -> Result<Applied> {
    let statements = script(migration, true, dialect)?;
    Ok(Applied::new(&migration.name, true, &statements, statements.len()))
}

#[cold]
fn in_part(part: &InPart<'_>) -> Error {
    let InPart { migration, noted } = part;
    let is_run = |name: &&String| noted.iter().any(|applied| applied.name == **name && applied.is_whole());
    let lacks = migration.replaces.iter().filter(|name| !is_run(name));
    let names: Vec<String> = lacks.map(|name| format!("`{name}`")).collect();
    let message = format!(
        "the database lacks {} of the {} migrations that `{}` replaces: first run all of them with a version \
         of the program that still has them",
        names.join(", "),
        migration.replaces.len(),
        migration.name,
    );
    Error::new(ErrorKind::Configuration, message)
}

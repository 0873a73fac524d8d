//! Migrations that stand for several older ones, on databases that have those.

use std::collections::BTreeSet;

use orm::dialect::Dialect;
use orm::{Error, ErrorKind, Executor, Result};

use crate::Migrations;
use crate::folder::Migration;
use crate::history::{Applied, forget, note};
use crate::plan::script;

impl Migrations {
    /// What a database has, with each [squashed](Self::squash) migration in the place of those that it replaces.
    pub(crate) fn replaced(&self, mut history: Vec<Applied>, dialect: &Dialect) -> Result<Vec<Applied>> {
        for migration in self.list.iter().filter(|migration| !migration.replaces.is_empty()) {
            let noted = |applied: &Applied| migration.replaces.contains(&applied.name);
            let count = history.iter().filter(|applied| noted(applied) && applied.is_whole()).count();
            if count == migration.replaces.len() {
                let at = history.iter().rfind(|applied| noted(applied)).map(|last| last.at);
                history.retain(|applied| !noted(applied));
                history.push(stand_in(migration, dialect)?);
                if let (Some(one), Some(at)) = (history.last_mut(), at) {
                    one.at = at;
                }
            } else if history.iter().any(noted) {
                return Err(in_part(
                    migration,
                    history.into_iter().filter(noted).map(|applied| applied.name),
                ));
            }
        }
        history.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(history)
    }

    /// The same, and notes it. Belongs into a transaction.
    pub(crate) async fn replace(
        &self,
        on: impl Executor<'_>,
        history: Vec<Applied>,
        dialect: &Dialect,
    ) -> Result<Vec<Applied>> {
        let mut on = on.on();
        let replaced = self.replaced(history.clone(), dialect)?;
        for gone in history.iter().filter(|old| !replaced.iter().any(|new| new.name == old.name)) {
            forget(&mut on, &gone.name).await?;
        }
        for new in replaced.iter().filter(|new| !history.iter().any(|old| old.name == new.name)) {
            note(&mut on, new).await?;
        }
        Ok(replaced)
    }

    /// Whether none of those that were replaced is still here.
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

fn stand_in(migration: &Migration, dialect: &Dialect) -> Result<Applied> {
    let statements = script(migration, true, dialect)?;
    Ok(Applied::new(&migration.name, true, &statements, statements.len()))
}

#[cold]
fn in_part(migration: &Migration, noted: impl Iterator<Item = String>) -> Error {
    let noted: Vec<String> = noted.map(|name| format!("`{name}`")).collect();
    let message = format!(
        "the database has {} of the {} migrations that `{}` replaces: {}; first run all of them, by the version of the \
         program that has them",
        noted.len(),
        migration.replaces.len(),
        migration.name,
        noted.join(", "),
    );
    Error::new(ErrorKind::Configuration, message)
}

//! The models of the program that contains the command.

use std::collections::BTreeSet;

use orm::dialect::Dialect;
use orm::schema::{ModelSet, Table};
use orm_migrate::{Draft, Migrations};

use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// The models of a program, and its steps for migrations.
pub(crate) struct Models {
    tables: Vec<&'static Table>,
    steps: Steps,
}

/// Adds the steps in Rust to migrations.
type Steps = Box<dyn Fn(Migrations) -> Migrations>;

impl Models {
    pub(crate) fn of<S: ModelSet>(steps: impl Fn(Migrations) -> Migrations + 'static) -> Self {
        Models { tables: S::tables(), steps: Box::new(steps) }
    }

    /// Adds the program's steps in Rust to the migrations.
    pub(crate) fn with_steps(&self, migrations: Migrations) -> Migrations {
        (self.steps)(migrations)
    }

    /// Returns the tables of the database with this name, or of the default one.
    pub(crate) fn in_database(&self, bind: Option<&str>) -> Outcome<Vec<&'static Table>> {
        let own: Vec<_> = self.tables.iter().copied().filter(|table| table.bind == bind).collect();
        if own.is_empty() {
            let database =
                bind.map_or("the default database".to_owned(), |bind| format!("the database `{bind}`"));
            let others: Vec<_> = self.homes().into_iter().map(home).collect();
            let message =
                format!("no model belongs to {database}; there are models of {}", others.join(", "));
            return Err(Failure::Usage(message));
        }
        Ok(own)
    }

    /// Returns a note on the models of other databases, if there are any.
    pub(crate) fn elsewhere(&self, bind: Option<&str>) -> Option<String> {
        let others: Vec<_> = self.homes().into_iter().filter(|other| *other != bind).map(home).collect();
        (!others.is_empty()).then(|| format!("left out: the models of {} (see --bind)", others.join(", ")))
    }

    /// Returns the difference between the models of a database and the state after its last migration.
    pub(crate) fn draft(
        &self,
        bind: Option<&str>,
        migrations: Migrations,
        dialects: &[&Dialect],
        console: &Console,
    ) -> Outcome<Draft> {
        let tables = self.in_database(bind)?;
        if let Some(elsewhere) = self.elsewhere(bind) {
            console.note(&elsewhere);
        }
        let migrations = match bind {
            Some(bind) => migrations.bind(bind),
            None => migrations,
        };
        let draft = Draft::of_tables(tables, &migrations, dialects)?;
        if let Some(unmerged) = draft.unmerged() {
            console.note(&unmerged.to_string());
        }
        Ok(draft)
    }

    fn homes(&self) -> BTreeSet<Option<&'static str>> {
        self.tables.iter().map(|table| table.bind).collect()
    }
}

fn home(bind: Option<&str>) -> String {
    bind.map_or("the default database".to_owned(), |bind| format!("`{bind}`"))
}

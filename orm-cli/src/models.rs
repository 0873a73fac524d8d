//! The models of the program that this is a part of.

use std::collections::BTreeSet;

use orm::dialect::Dialect;
use orm::schema::{ModelSet, Table};
use orm_migrate::{Draft, Migrations};

use crate::failure::{Failure, Outcome};

/// The models of a program.
pub(crate) struct Models {
    tables: Vec<&'static Table>,
    draft: MadeOf<Draft>,
    check: MadeOf<()>,
}

/// What is made of migrations and models, for some databases.
type MadeOf<T> = fn(&Migrations, &[&Dialect]) -> orm::Result<T>;

impl Models {
    pub(crate) fn of<S: ModelSet>() -> Self {
        Models { tables: S::tables(), draft: Draft::of::<S>, check: orm_migrate::check::<S> }
    }

    /// The tables that belong to the database of a name, or to the default one.
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

    /// A word about the models that belong to other databases, if there are some.
    pub(crate) fn elsewhere(&self, bind: Option<&str>) -> Option<String> {
        let others: Vec<_> = self.homes().into_iter().filter(|other| *other != bind).map(home).collect();
        (!others.is_empty()).then(|| format!("left out: the models of {} (see --bind)", others.join(", ")))
    }

    /// What differs between the models and what the last migration leaves behind.
    pub(crate) fn draft(
        &self,
        bind: Option<&str>,
        migrations: &Migrations,
        dialects: &[&Dialect],
    ) -> Outcome<Draft> {
        self.only_in(bind)?;
        Ok((self.draft)(migrations, dialects)?)
    }

    /// An error if there is such a difference.
    pub(crate) fn check(
        &self,
        bind: Option<&str>,
        migrations: &Migrations,
        dialects: &[&Dialect],
    ) -> Outcome {
        self.only_in(bind)?;
        Ok((self.check)(migrations, dialects)?)
    }

    /// Refuses models of several databases: migrations are made of all that there are.
    fn only_in(&self, bind: Option<&str>) -> Outcome {
        self.in_database(bind)?;
        if self.homes().len() == 1 {
            return Ok(());
        }
        let homes: Vec<_> = self.homes().into_iter().map(home).collect();
        Err(Failure::Usage(format!(
            "the models of this program are in several databases ({}), and a migration is for one: give `orm_cli::run` the \
             models of one of them, in a program for each",
            homes.join(", ")
        )))
    }

    fn homes(&self) -> BTreeSet<Option<&'static str>> {
        self.tables.iter().map(|table| table.bind).collect()
    }
}

fn home(bind: Option<&str>) -> String {
    bind.map_or("the default database".to_owned(), |bind| format!("`{bind}`"))
}

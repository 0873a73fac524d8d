//! Generates migrations from differences.

mod choices;
mod detach;
mod fill;
mod keep;
mod keys;
mod loss;
mod questions;
mod rename;
mod renamed_from;
mod step;
mod steps;
mod storage;
mod words;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use orm::dialect::Dialect;
use orm::schema::{ModelSet, Table};
use orm::{Error, ErrorKind, Result, Schema};

use crate::folder::key;
use crate::history::checksum;
use crate::{Migrations, Unmerged};
pub use questions::PossibleRename;
use rename::Rename;
pub use step::Step;

/// A migration that is not written yet: the difference between the last state and the models, for each database.
///
/// ```
/// use orm::dialect::{MARIADB, SQLITE};
/// use orm_migrate::{Draft, Migrations};
/// # use orm_doc::{Post, User};
///
/// let draft = Draft::of::<(User, Post)>(&Migrations::default(), &[&SQLITE, &MARIADB])?;
/// assert_eq!(draft.steps(&SQLITE)?[0].to_string(), "create the table `users`");
/// # Ok::<(), orm::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Draft {
    sides: Vec<Side>,
    renames: Vec<Rename>,
    /// Pairs of names that are not renames.
    distinct: BTreeSet<(String, String)>,
    /// The values of existing rows in new columns, by `table.column`.
    fills: BTreeMap<String, String>,
    may_lose: bool,
    /// The schemas of databases that it is not for.
    others: BTreeMap<String, Schema>,
    /// The name of the previous migration.
    last: Option<String>,
    /// The names of all migrations that have a state, if it was made from the last one.
    known: Option<Vec<String>>,
    /// The migrations that the last state does not know.
    pub(crate) unmerged: Option<Unmerged>,
}

/// The draft for one database.
#[derive(Debug, Clone)]
struct Side {
    dialect: Dialect,
    from: Schema,
    to: Schema,
    /// Whether both schemas come from models, and not from a server.
    said: bool,
    /// The renames that the models declare.
    renames: Vec<Rename>,
}

impl Draft {
    /// Drafts a migration from the state after the last migration to a model or a tuple of models, for these databases.
    ///
    /// A migration written by hand has no state, so it counts as changing nothing that the models know of. If it does,
    /// give it the `state.json` of a draft.
    ///
    /// ```
    /// # use orm::dialect::{MARIADB, MYSQL, SQLITE};
    /// # use orm_migrate::{Draft, Migrations};
    /// # use orm_doc::{Post, User};
    /// let migrations = Migrations::read("migrations")?;
    /// let draft = Draft::of::<(User, Post)>(&migrations, &[&SQLITE, &MARIADB, &MYSQL])?;
    /// for step in draft.steps(&MYSQL)? {
    ///     println!("{step}: {}", step.sql.join("; "));
    /// }
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// Of models of several databases, it includes those of the database that the migrations are
    /// [for](Migrations::bind).
    ///
    /// # Errors
    /// If a state cannot be read, or a model requires something that a database does not have; kind `Configuration` if
    /// all models belong to other databases.
    pub fn of<S: ModelSet>(migrations: &Migrations, dialects: &[&Dialect]) -> Result<Self> {
        Self::of_tables(S::tables(), migrations, dialects)
    }

    /// Like [`of`](Self::of), for models chosen at run time, given by their tables.
    ///
    /// ```
    /// use orm::dialect::SQLITE;
    /// use orm::schema::ModelSet as _;
    /// use orm_migrate::{Draft, Migrations};
    /// # use orm_doc::{Post, User};
    /// let mut tables = <(User, Post)>::tables();
    /// tables.retain(|table| table.name == "users");
    /// assert_eq!(Draft::of_tables(tables, &Migrations::default(), &[&SQLITE])?.steps(&SQLITE)?.len(), 1);
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`of`](Self::of).
    pub fn of_tables(
        mut tables: Vec<&'static Table>,
        migrations: &Migrations,
        dialects: &[&Dialect],
    ) -> Result<Self> {
        let bind = migrations.options.bind.as_deref();
        if !tables.is_empty() && tables.iter().all(|table| table.bind != bind) {
            return Err(elsewhere(&tables, bind));
        }
        tables.retain(|table| table.bind == bind);
        let last_state = migrations.last_state()?;
        let unmerged = last_state.as_ref().and_then(|(last, state)| migrations.unmerged(last, state));
        let mut others = last_state.map(|(_, state)| state.schemas).unwrap_or_default();
        let side = |dialect: &&Dialect| {
            let from = others.remove(&key(dialect)).unwrap_or_default();
            let to = named(Schema::of_tables(tables.clone(), dialect)?);
            let renames = renamed_from::renames(&tables, &from, &to);
            Ok(Side { dialect: (*dialect).clone(), from, to, said: true, renames })
        };
        let sides = dialects.iter().map(side).collect::<Result<_>>()?;
        let last = migrations.list.last().map(|migration| migration.name.clone());
        let (known, fills) = (Some(migrations.with_state()), fill::defaults(&tables));
        Ok(Draft { sides, others, last, known, unmerged, fills, ..Self::empty() })
    }

    /// Drafts a migration between two schemas of one dialect, such as a [reflected](Schema::reflect) one and a wanted
    /// one.
    ///
    /// ```
    /// # use orm::{Schema, dialect::SQLITE};
    /// # use orm_migrate::Draft;
    /// # use orm_doc::User;
    /// let draft = Draft::between(Schema::default(), Schema::of::<User>(&SQLITE)?, &SQLITE);
    /// assert!(!draft.is_empty()?);
    /// # Ok::<(), orm::Error>(())
    /// ```
    #[must_use]
    pub fn between(from: Schema, to: Schema, dialect: &Dialect) -> Self {
        let side = Side { dialect: dialect.clone(), from, to: named(to), said: false, renames: Vec::new() };
        Draft { sides: vec![side], ..Self::empty() }
    }

    fn empty() -> Self {
        Draft {
            sides: Vec::new(),
            renames: Vec::new(),
            distinct: BTreeSet::new(),
            fills: BTreeMap::new(),
            may_lose: false,
            others: BTreeMap::new(),
            last: None,
            known: None,
            unmerged: None,
        }
    }

    /// Declares that a column or a table is renamed and keeps its data, if no model declares it with `renamed_from`:
    /// `users.name` and `users.full_name` (or only `full_name`), or `users` and `people`. Otherwise it is dropped, and
    /// a new one created.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm::{Schema, dialect::SQLITE};
    /// # use orm_migrate::Draft;
    /// mod before {
    ///     # use orm::prelude::*;
    ///     #[derive(Model)]
    ///     #[orm(table = "users")]
    ///     pub struct User {
    ///         #[orm(primary_key, auto)]
    ///         pub id: u64,
    ///         pub name: String,
    ///     }
    /// }
    ///
    /// #[derive(Model)]
    /// #[orm(table = "users")]
    /// pub struct User {
    ///     #[orm(primary_key, auto)]
    ///     pub id: u64,
    ///     pub full_name: String,
    /// }
    /// let (from, to) = (Schema::of::<before::User>(&SQLITE)?, Schema::of::<User>(&SQLITE)?);
    /// let draft = Draft::between(from, to, &SQLITE).rename("users.name", "users.full_name")?;
    /// let steps = draft.steps(&SQLITE)?;
    /// assert_eq!(steps[0].sql, [r#"ALTER TABLE "users" RENAME COLUMN "name" TO "full_name""#]);
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if only one of the names has a column, or the columns belong to different tables.
    pub fn rename(mut self, from: &str, to: &str) -> Result<Self> {
        self.renames.push(Rename::parse(from, to)?);
        Ok(self)
    }

    /// Sets the value of existing rows in a new required column (`users.age`), or in one that is no longer nullable, as
    /// an SQL expression. Without it, they get the model's default.
    ///
    /// ```
    /// # use orm::prelude::*;
    /// # use orm::{Schema, dialect::SQLITE};
    /// # use orm_migrate::Draft;
    /// mod before {
    ///     # use orm::prelude::*;
    ///     #[derive(Model)]
    ///     #[orm(table = "users")]
    ///     pub struct User {
    ///         #[orm(primary_key, auto)]
    ///         pub id: u64,
    ///         pub name: String,
    ///     }
    /// }
    ///
    /// #[derive(Model)]
    /// #[orm(table = "users")]
    /// pub struct User {
    ///     #[orm(primary_key, auto)]
    ///     pub id: u64,
    ///     pub name: String,
    ///     pub age: i32,
    /// }
    /// let (from, to) = (Schema::of::<before::User>(&SQLITE)?, Schema::of::<User>(&SQLITE)?);
    /// let draft = Draft::between(from, to, &SQLITE);
    /// assert!(draft.steps(&SQLITE).unwrap_err().to_string().contains("users.age"));
    /// assert!(!draft.fill("users.age", "18").steps(&SQLITE)?.is_empty());
    /// # Ok::<(), orm::Error>(())
    /// ```
    #[must_use]
    pub fn fill(mut self, column: &str, sql: &str) -> Self {
        self.fills.insert(column.to_owned(), sql.to_owned());
        self
    }

    /// Returns the steps for a database, in order.
    ///
    /// # Errors
    /// Kind `Configuration` if the draft is not for this database; if something to be changed does not exist; or if a
    /// new required column has no value for existing rows: see [`fill`](Self::fill).
    pub fn steps(&self, dialect: &Dialect) -> Result<Vec<Step>> {
        self.up(self.side(dialect)?)
    }

    /// Returns the steps for a database, like [`steps`](Self::steps), but without requiring values for existing rows:
    /// what is missing as long as the migration is not generated.
    ///
    /// ```
    /// # use orm::{Schema, dialect::SQLITE};
    /// # use orm_migrate::{Draft, Migrations};
    /// # use orm_doc::User;
    /// let draft = Draft::of::<User>(&Migrations::default(), &[&SQLITE])?;
    /// assert_eq!(draft.missing(&SQLITE)?[0].to_string(), "create the table `users`");
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if the draft is not for this database.
    pub fn missing(&self, dialect: &Dialect) -> Result<Vec<Step>> {
        let side = self.side(dialect)?;
        let (wanted, renames) = (self.wanted(side)?, self.renames(side));
        steps::steps(&side.from, &wanted, side.said, &renames, &fill::Given::Empty, &side.dialect)
    }

    fn side(&self, dialect: &Dialect) -> Result<&Side> {
        self.sides.iter().find(|side| key(&side.dialect) == key(dialect)).ok_or_else(|| {
            Error::new(
                ErrorKind::Configuration,
                format!("this draft was made without the dialect of {}", dialect.name),
            )
        })
    }

    /// Returns whether there is no difference.
    ///
    /// ```
    /// # use orm::{Schema, dialect::SQLITE};
    /// # use orm_migrate::Draft;
    /// # use orm_doc::User;
    /// let users = Schema::of::<User>(&SQLITE)?;
    /// assert!(Draft::between(users.clone(), users.clone(), &SQLITE).is_empty()?);
    /// assert!(!Draft::between(Schema::default(), users, &SQLITE).is_empty()?);
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`steps`](Self::steps).
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self
            .sides
            .iter()
            .all(|side| side.from == side.to || side.to.compare(&side.from, &side.dialect).is_empty()))
    }

    /// Returns the renames that the models or the author of the migration declare.
    fn renames(&self, side: &Side) -> Vec<Rename> {
        let given = self.renames.iter().filter(|rename| !side.renames.contains(rename));
        side.renames.iter().chain(given).cloned().collect()
    }

    /// Returns the schema of a database after all renames.
    fn renamed(&self, side: &Side) -> Result<Schema> {
        let mut found = side.from.clone();
        for rename in self.renames(side) {
            rename.apply(&mut found, &side.dialect)?;
        }
        Ok(found)
    }

    /// Returns the final schema of a database.
    fn wanted(&self, side: &Side) -> Result<Schema> {
        Ok(keep::names(side.to.clone(), &self.renamed(side)?, &side.dialect))
    }

    fn up(&self, side: &Side) -> Result<Vec<Step>> {
        let (wanted, given) = (self.wanted(side)?, fill::Given::By(&self.fills));
        fill::exist(&self.fills, &wanted)?;
        let steps = steps::steps(&side.from, &wanted, side.said, &self.renames(side), &given, &side.dialect);
        // What else has to be decided is told at once.
        steps.map_err(|error| match self.missing(&side.dialect).map(|steps| self.consent(&steps)) {
            Ok(Err(losing)) => Error::new(error.kind(), format!("{error}\n{losing}")),
            _ => error,
        })
    }

    fn down(&self, side: &Side) -> Result<Vec<Step>> {
        let back: Vec<Rename> = self.renames(side).iter().rev().map(Rename::reversed).collect();
        steps::steps(&self.wanted(side)?, &side.from, side.said, &back, &fill::Given::Empty, &side.dialect)
    }
}

/// The error if no model belongs to the database that the migrations are for.
#[cold]
fn elsewhere(tables: &[&'static Table], bind: Option<&str>) -> Error {
    let home =
        |bind: Option<&str>| bind.map_or("the default database".to_owned(), |bind| format!("`{bind}`"));
    let homes: BTreeSet<String> = tables.iter().map(|table| home(table.bind)).collect();
    let message = format!(
        "the migrations are for {}, but the models are in {}: say which database is meant with \
         `Migrations::bind`",
        home(bind),
        homes.into_iter().collect::<Vec<_>>().join(", ")
    );
    Error::new(ErrorKind::Configuration, message)
}

/// Gives all checks of the schema names, so that each can be dropped again.
fn named(mut schema: Schema) -> Schema {
    for table in &mut schema.tables {
        for check in table.checks.iter_mut().filter(|check| check.name.is_none()) {
            let sum = checksum(std::slice::from_ref(&check.condition));
            let table: String = table.name.name.chars().take(40).collect();
            check.name = Some(format!("{table}_{}_check", &sum[..8]));
        }
    }
    schema
}

/// Fails if models and migrations differ: for a test or a CI step.
///
/// ```
/// # use orm::dialect::SQLITE;
/// # use orm_migrate::{Migrations, check};
/// # use orm_doc::User;
/// let error = check::<User>(&Migrations::default(), &[&SQLITE]).unwrap_err();
/// assert!(error.to_string().contains("create the table `users`"));
/// ```
///
/// # Errors
/// Kind `SchemaMismatch`, listing the missing steps.
pub fn check<S: ModelSet>(migrations: &Migrations, dialects: &[&Dialect]) -> Result<()> {
    let draft = Draft::of::<S>(migrations, dialects)?;
    let mut message = "the models have changed since the last migration".to_owned();
    let mut differs = false;
    for dialect in dialects {
        for step in draft.missing(dialect)? {
            differs = true;
            message += &format!("\n- {}: {step}", dialect.name);
        }
    }
    if let Some(unmerged) = draft.unmerged() {
        message += &format!("\n{unmerged}");
    }
    if differs { Err(Error::new(ErrorKind::SchemaMismatch, message)) } else { Ok(()) }
}

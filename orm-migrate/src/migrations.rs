//! All migrations of a database.

use std::borrow::Cow;
use std::path::Path;

use orm_core::{Error, ErrorKind, Result};

use crate::folder;
use crate::migration::Migration;

/// The migrations of a database, in the order of their names.
///
/// ```
/// # use orm::prelude::*;
/// # use orm::migrate::{Migration, Migrations};
/// let migrations = Migrations::of([
///     Migration::of("20261125_194500_create_users", [("up.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);")])?,
/// ])?;
/// assert_eq!(migrations.names().collect::<Vec<_>>(), ["20261125_194500_create_users"]);
/// # Ok::<(), orm::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Migrations {
    list: Cow<'static, [Migration]>,
    bind: Option<Cow<'static, str>>,
}

impl Migrations {
    /// Migrations that are at hand.
    ///
    /// # Errors
    /// Kind `Configuration` if two have the same name.
    pub fn of(migrations: impl IntoIterator<Item = Migration>) -> Result<Self> {
        let mut list: Vec<Migration> = migrations.into_iter().collect();
        list.sort_by(|one, other| one.name().cmp(other.name()));
        if let Some(twice) = list.windows(2).find(|pair| pair[0].name() == pair[1].name()) {
            let message = format!("there are two migrations `{}`", twice[0].name());
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        Ok(Migrations { list: list.into(), bind: None })
    }

    /// Reads the migrations in a folder: each is a folder in there. What is no folder, or is hidden, is passed over; if
    /// there is no such folder, there are no migrations.
    ///
    /// ```
    /// # use orm::migrate::Migrations;
    /// let migrations = Migrations::read("no/such/folder")?;
    /// assert_eq!(migrations.names().count(), 0);
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if a file cannot be read, or is called as no file of a migration is.
    pub fn read(folder: impl AsRef<Path>) -> Result<Self> {
        Migrations::of(folder::read(folder.as_ref())?)
    }

    /// Migrations that are part of the program, in order: what `migrations!` makes.
    #[must_use]
    pub const fn embedded(list: &'static [Migration]) -> Self {
        Migrations { list: Cow::Borrowed(list), bind: None }
    }

    /// The same migrations for the database that the program calls by this name, instead of the default one.
    ///
    /// ```
    /// # use orm::migrate::Migrations;
    /// let audit = Migrations::read("migrations/audit")?.bind("audit");
    /// # Ok::<(), orm::Error>(())
    /// ```
    #[must_use]
    pub fn bind(&self, name: impl Into<String>) -> Self {
        Migrations { bind: Some(Cow::Owned(name.into())), ..self.clone() }
    }

    /// The name of the database that they are for, unless it is the default one.
    #[must_use]
    pub fn bound_to(&self) -> Option<&str> {
        self.bind.as_deref()
    }

    /// The migrations, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Migration> + ExactSizeIterator {
        self.list.iter()
    }

    /// Their names, in order.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.iter().map(Migration::name)
    }

    /// The migration of this name.
    ///
    /// # Errors
    /// Kind `Configuration` if there is none; the message lists those that there are.
    pub fn find(&self, name: &str) -> Result<&Migration> {
        self.position(name).map(|at| &self.list[at])
    }

    pub(crate) fn position(&self, name: &str) -> Result<usize> {
        self.names().position(|known| known == name).ok_or_else(|| {
            let known: Vec<String> = self.names().map(|name| format!("`{name}`")).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let message = format!("there is no migration `{name}`; there are: {known}");
            Error::new(ErrorKind::Configuration, message)
        })
    }
}

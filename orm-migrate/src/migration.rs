//! One migration.

use std::borrow::Cow;

use orm_core::dialect::Dialect;
use orm_core::{Error, ErrorKind, Result};

use crate::Script;

/// The databases that can have files of their own, as the files call them.
const DATABASES: [&str; 3] = ["sqlite", "mysql", "mariadb"];

/// One migration: a folder of SQL files.
///
/// ```
/// # use orm::migrate::{Migration, Direction};
/// # use orm::dialect::{MYSQL, SQLITE};
/// let migration = Migration::of(
///     "20261125_194500_create_users",
///     [("up.sqlite.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);")],
/// )?;
/// assert_eq!(migration.script(Direction::Up, &SQLITE)?.statements().len(), 1);
/// let error = migration.script(Direction::Up, &MYSQL).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the migration `20261125_194500_create_users` has neither `up.mysql.sql` nor `up.sql`: write one, if only with a \
///      comment"
/// );
/// # Ok::<(), orm::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    name: Cow<'static, str>,
    files: Cow<'static, [MigrationFile]>,
}

/// A file of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationFile {
    /// Its name, without the folder.
    pub name: Cow<'static, str>,
    /// What is in it.
    pub text: Cow<'static, str>,
}

impl MigrationFile {
    /// A file that is part of the program.
    #[must_use]
    pub const fn embedded(name: &'static str, text: &'static str) -> Self {
        MigrationFile { name: Cow::Borrowed(name), text: Cow::Borrowed(text) }
    }
}

/// Which way a migration is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Forward.
    Up,
    /// Back.
    Down,
}

impl Direction {
    /// The word for it in the names of files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }

    /// The name of the file that a database is migrated by, if it has one of its own.
    ///
    /// ```
    /// use orm::migrate::Direction;
    /// assert_eq!(Direction::Down.file(&orm::dialect::MARIADB), "down.mariadb.sql");
    /// ```
    #[must_use]
    pub fn file(self, dialect: &Dialect) -> String {
        format!("{}.{}.sql", self.word(), dialect.name.to_lowercase())
    }

    /// The name of the file for all databases that have none of their own.
    #[must_use]
    pub const fn shared_file(self) -> &'static str {
        match self {
            Direction::Up => "up.sql",
            Direction::Down => "down.sql",
        }
    }
}

impl Migration {
    /// A migration of files that are at hand: their names and texts.
    ///
    /// # Errors
    /// Kind `Configuration` if the migration or one of its files has a name that none can have.
    pub fn of(
        name: impl Into<String>,
        files: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Result<Self> {
        let files = files
            .into_iter()
            .map(|(name, text)| MigrationFile { name: name.into().into(), text: text.into().into() });
        let migration = Migration { name: Cow::Owned(name.into()), files: files.collect() };
        migration.check().map(|()| migration)
    }

    /// A migration that is part of the program: what `migrations!` makes.
    #[must_use]
    pub const fn embedded(name: &'static str, files: &'static [MigrationFile]) -> Self {
        Migration { name: Cow::Borrowed(name), files: Cow::Borrowed(files) }
    }

    /// Its name: that of its folder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The schema behind it, as it was written beside the SQL: the text of `state.json`.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.text("state.json")
    }

    /// The statements that it runs on a database; nothing if there is no file with them.
    #[must_use]
    pub fn find_script(&self, direction: Direction, dialect: &Dialect) -> Option<Script<'_>> {
        let text = self.text(&direction.file(dialect)).or_else(|| self.text(direction.shared_file()))?;
        Some(Script::new(text, dialect))
    }

    /// The statements that it runs on a database.
    ///
    /// # Errors
    /// Kind `Configuration` if there is no file with them.
    pub fn script(&self, direction: Direction, dialect: &Dialect) -> Result<Script<'_>> {
        self.find_script(direction, dialect).ok_or_else(|| {
            let (own, shared) = (direction.file(dialect), direction.shared_file());
            let message = match direction {
                Direction::Up => format!(
                    "the migration `{}` has neither `{own}` nor `{shared}`: write one, if only with a comment",
                    self.name
                ),
                Direction::Down => format!(
                    "the migration `{}` cannot be taken back: it has neither `{own}` nor `{shared}`",
                    self.name
                ),
            };
            Error::new(ErrorKind::Configuration, message)
        })
    }

    fn text(&self, file: &str) -> Option<&str> {
        self.files.iter().find(|found| found.name == file).map(|found| &*found.text)
    }

    fn check(&self) -> Result<()> {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
        if self.name.is_empty() || self.name.len() > 190 || !self.name.chars().all(is_plain) {
            let message = format!(
                "`{}` is no name of a migration: letters, digits, `_` and `-`, at most 190 of them",
                self.name.escape_debug()
            );
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        match self.files.iter().find(|file| !is_known(&file.name)) {
            None => Ok(()),
            Some(file) => {
                let message = format!(
                    "`{}/{}` is no file of a migration: expected `up.sql` and `down.sql`, or those of one database, such \
                     as `up.sqlite.sql` (sqlite, mysql or mariadb), and `state.json`",
                    self.name, file.name
                );
                Err(Error::new(ErrorKind::Configuration, message))
            }
        }
    }
}

fn is_known(file: &str) -> bool {
    match *file.split('.').collect::<Vec<_>>() {
        ["state", "json"] | ["up" | "down", "sql"] => true,
        ["up" | "down", database, "sql"] => DATABASES.contains(&database),
        _ => false,
    }
}

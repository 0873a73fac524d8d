//! Migrations on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use orm::dialect::Dialect;
use orm::{Error, ErrorKind, Result};

use crate::options::Options;

/// The databases that may have their own scripts.
const DATABASES: [&str; 3] = ["sqlite", "mysql", "mariadb"];

/// Migrations in the order of their names, for one database.
///
/// ```
/// use orm_migrate::Migrations;
/// let migrations = Migrations::from_files([
///     ("1_users/up.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);"), // for every database
///     ("2_posts/up.sqlite.sql", "CREATE TABLE posts (id INTEGER PRIMARY KEY);"), // for one
/// ])?;
/// assert_eq!(migrations.names().collect::<Vec<_>>(), ["1_users", "2_posts"]);
/// # Ok::<(), orm::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Migrations {
    pub(crate) list: Vec<Migration>,
    pub(crate) options: Options,
    /// The folder that they should have been read from, if it does not exist.
    nowhere: Option<PathBuf>,
}

/// One migration.
#[derive(Debug, Clone, Default)]
pub(crate) struct Migration {
    pub(crate) name: String,
    pub(crate) up: Scripts,
    pub(crate) down: Scripts,
    /// The schemas after it, as JSON.
    pub(crate) state: Option<String>,
    /// The names of the migrations that it replaces.
    pub(crate) replaces: Vec<String>,
}

/// One script per database; the one without a name is for all others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scripts(BTreeMap<String, String>);

/// Returns the name of a database in file names.
pub(crate) fn key(dialect: &Dialect) -> String {
    dialect.name.to_lowercase()
}

impl Scripts {
    pub(crate) fn of(&self, dialect: &Dialect) -> Option<&str> {
        self.get(&key(dialect))
    }

    /// Returns the script for a database, or else the one for all.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).or_else(|| self.0.get("")).map(String::as_str)
    }

    /// Returns the databases that have their own script; an empty name stands for all others.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl Migration {
    /// Returns its name, which is that of its folder.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Migrations {
    /// Reads the migrations of a folder. Subfolders without files, such as those of other databases, are skipped.
    ///
    /// If the folder does not exist, there are no migrations yet: the first one can be [generated](crate::Draft), but
    /// running them is an error.
    ///
    /// ```
    /// # use orm_migrate::Migrations;
    /// let migrations = Migrations::read("migrations")?; // relative to the program's working directory
    /// assert_eq!(migrations.names().count(), 0);
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if a file cannot be read, or does not have the name of a migration file.
    pub fn read(folder: impl AsRef<Path>) -> Result<Self> {
        let folder = folder.as_ref();
        if !folder.exists() {
            let nowhere = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            return Ok(Migrations { nowhere: Some(nowhere), ..Migrations::default() });
        }
        let mut files = Vec::new();
        for migration in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
            for file in entries(&migration)?.into_iter().filter(|path| path.is_file()) {
                let text = fs::read_to_string(&file).map_err(|error| unreadable(&file, error))?;
                files.push((format!("{}/{}", name(&migration), name(&file)), text));
            }
        }
        Self::from_files(files)
    }

    /// Like [`read`](Self::read), for files in memory, such as those embedded with [`include_str!`]: the path of each
    /// relative to the migrations folder, and its text.
    ///
    /// ```
    /// # use orm_migrate::Migrations;
    /// let migrations = Migrations::from_files([
    ///     ("20261125_194500_create_users/up.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);"),
    ///     ("20261125_194500_create_users/down.sql", "DROP TABLE users;"),
    /// ])?;
    /// assert_eq!(migrations.names().next(), Some("20261125_194500_create_users"));
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if a file does not have the name of a migration file, or a [squashed](Self::squash)
    /// migration is present along with one that it replaces.
    pub fn from_files(
        files: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Result<Self> {
        let mut found: BTreeMap<String, Migration> = BTreeMap::new();
        for (path, text) in files {
            let (path, text): (String, String) = (path.into(), text.into());
            // Some editors begin a file with a byte order mark.
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            let (name, file) = path.split_once('/').ok_or_else(|| unknown_file(&path))?;
            let migration = found.entry(name.to_owned()).or_default();
            migration.name = name.to_owned();
            let parts: Vec<&str> = file.split('.').collect();
            match parts[..] {
                ["state", "json"] => migration.state = Some(text),
                ["replaces", "txt"] => {
                    migration.replaces = text.split_whitespace().map(str::to_owned).collect();
                }
                ["up", "sql"] => drop(migration.up.0.insert(String::new(), text)),
                ["down", "sql"] => drop(migration.down.0.insert(String::new(), text)),
                [way @ ("up" | "down"), database, "sql"] if DATABASES.contains(&database) => {
                    let scripts = if way == "up" { &mut migration.up } else { &mut migration.down };
                    scripts.0.insert(database.to_owned(), text);
                }
                _ => return Err(unknown_file(&path)),
            }
        }
        let migrations = Migrations { list: found.into_values().collect(), ..Migrations::default() };
        migrations.are_replaced()?;
        Ok(migrations)
    }

    /// Returns their names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(Migration::name)
    }

    /// Returns the databases of the last generated migration: `mariadb`, `mysql`, `sqlite`.
    ///
    /// ```
    /// # use orm_migrate::Migrations;
    /// let state = r#"{ "mysql": { "tables": [] }, "sqlite": { "tables": [] } }"#;
    /// let migrations = Migrations::from_files([("1_begin/state.json", state)])?;
    /// assert_eq!(migrations.databases()?, ["mysql", "sqlite"]);
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration` if its `state.json` cannot be read.
    pub fn databases(&self) -> Result<Vec<String>> {
        let last = self.last_state()?;
        Ok(last.map(|(_, state)| state.schemas.into_keys().collect()).unwrap_or_default())
    }

    /// Checks that the folder exists.
    pub(crate) fn are_somewhere(&self) -> Result<()> {
        let Some(nowhere) = &self.nowhere else { return Ok(()) };
        let message = format!(
            "the migrations folder `{}` does not exist: make the first migration with a `Draft` (`orm \
             migrate make`), or name another folder (`--folder`, or `folder` below `[migrations]` in \
             `orm.toml`)",
            nowhere.display()
        );
        Err(Error::new(ErrorKind::Configuration, message))
    }

    /// Returns the position of a migration.
    pub(crate) fn position(&self, name: &str) -> Result<usize> {
        self.list.iter().position(|migration| migration.name == name).ok_or_else(|| {
            let message = format!("there is no migration `{name}`; there are: {}", self.listed());
            Error::new(ErrorKind::Configuration, message)
        })
    }

    fn listed(&self) -> String {
        if self.list.is_empty() { "none".to_owned() } else { self.names().collect::<Vec<_>>().join(", ") }
    }
}

/// Returns the entries of a folder, sorted, without hidden ones.
fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>();
    let mut paths = read().map_err(|error| unreadable(folder, error))?;
    paths.retain(|path| !name(path).starts_with('.'));
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cold]
fn unreadable(path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Configuration, format!("cannot read `{}`: {error}", path.display()))
        .with_source(error)
}

#[cold]
fn unknown_file(path: &str) -> Error {
    let message = format!(
        "`{path}` is not a file of a migration: expected `up.sql`, `down.sql`, the same for one database, such as \
         `up.sqlite.sql` (sqlite, mysql or mariadb), `state.json` or `replaces.txt`"
    );
    Error::new(ErrorKind::Configuration, message)
}

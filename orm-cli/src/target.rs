//! The database that a command works on.

use std::path::Path;

use orm::{Database, DatabaseConfig, Open as _};
use serde::Serialize;

use crate::arguments::Connection;
use crate::config::{Config, FILE};
use crate::failure::{Failure, Outcome};
use crate::secret::of_url;

/// A database, and where it was configured.
pub(crate) struct Target {
    pub(crate) db: Database,
    pub(crate) origin: Origin,
}

/// Where a database was configured.
#[derive(Serialize, Clone)]
pub(crate) struct Origin {
    /// The URL, without a password.
    url: String,
    /// The option, variable or file.
    from: String,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (from {})", self.url, self.from)
    }
}

impl Target {
    /// Returns the configured database, which must exist: an SQLite file is not created.
    pub(crate) fn find(connection: &Connection) -> Outcome<Self> {
        Self::required(connection, Missing::Refused)
    }

    /// Like [`find`](Self::find), but creates a missing SQLite file.
    pub(crate) fn find_or_make(connection: &Connection) -> Outcome<Self> {
        Self::required(connection, Missing::Made)
    }

    /// Like [`find`](Self::find), but treats a missing SQLite file as an empty database, without creating it.
    pub(crate) fn find_or_empty(connection: &Connection) -> Outcome<Self> {
        Self::required(connection, Missing::Empty)
    }

    fn required(connection: &Connection, missing: Missing) -> Outcome<Self> {
        Self::named(connection, missing)?.ok_or_else(|| {
            let variable = variable("DATABASE_URL", connection.bind.as_deref());
            let table = connection
                .bind
                .as_ref()
                .map_or("database".to_owned(), |bind| format!("database.binds.{bind}"));
            Failure::Usage(format!(
                "no database is given: use `--url mysql://root@localhost/app` (or `sqlite:app.db`), set the \
                 variable `{variable}`, or write `url = \"…\"` below `[{table}]` in `{FILE}`"
            ))
        })
    }

    /// Returns the configured database, if there is one.
    pub(crate) fn look(connection: &Connection) -> Outcome<Option<Self>> {
        Self::named(connection, Missing::Refused)
    }

    fn named(connection: &Connection, missing: Missing) -> Outcome<Option<Self>> {
        let bind = connection.bind.as_deref();
        if let Some(url) = &connection.url {
            return Self::open(config(url, None)?, url, "--url", missing).map(Some);
        }
        let name = variable("DATABASE_URL", bind);
        if let Ok(url) = std::env::var(&name) {
            let options = std::env::var(variable("DATABASE_OPTIONS", bind)).ok();
            return Self::open(config(&url, options.as_deref())?, &url, &name, missing).map(Some);
        }
        let file = connection.config.as_deref();
        let path = file.unwrap_or(Path::new(FILE));
        match Config::read(file)?.database(path, bind)? {
            Some((config, url)) => Self::open(config, &url, &path.display().to_string(), missing).map(Some),
            None => Ok(None),
        }
    }

    fn open(config: DatabaseConfig, url: &str, from: &str, missing: Missing) -> Outcome<Self> {
        let mut builder = Database::builder().config(config);
        match (file(url), missing) {
            (Some(_), Missing::Refused) if !url.contains("mode=") => builder = builder.option("mode", "rw"),
            (Some(path), Missing::Empty) if !Path::new(path).exists() => {
                builder = Database::builder().url("sqlite::memory:");
            }
            _ => {}
        }
        // A single database, whatever bind the models have.
        let db = builder.open()?.on("default")?;
        let shown = of_url(url).split('?').next().unwrap_or_default().to_owned();
        Ok(Target { db, origin: Origin { url: shown, from: from.to_owned() } })
    }
}

/// How to treat a missing SQLite file.
#[derive(Clone, Copy)]
enum Missing {
    /// As an error.
    Refused,
    /// It is created.
    Made,
    /// As an empty database, without creating it.
    Empty,
}

/// Returns the path in the URL of an SQLite file.
fn file(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("sqlite:")?;
    let path = rest.strip_prefix("//").unwrap_or(rest).split('?').next()?;
    (!path.contains(":memory:")).then_some(path)
}

/// Returns the configuration of one database.
fn config(url: &str, options: Option<&str>) -> Outcome<DatabaseConfig> {
    let options = options.map(|options| ("DATABASE_OPTIONS", options));
    Ok(DatabaseConfig::from_variables([("DATABASE_URL", url)].into_iter().chain(options))?)
}

/// Returns `DATABASE_URL_AUDIT` for the database `audit`.
fn variable(name: &str, bind: Option<&str>) -> String {
    bind.map_or_else(|| name.to_owned(), |bind| format!("{name}_{}", bind.to_uppercase()))
}

//! Which database a command is about.

use std::path::Path;

use orm::{Database, DatabaseConfig, Open as _};
use serde::Serialize;

use crate::arguments::Connection;
use crate::config::{Config, FILE};
use crate::failure::{Failure, Outcome};
use crate::secret::of_url;

/// A database, and where it was named.
pub(crate) struct Target {
    pub(crate) db: Database,
    pub(crate) origin: Origin,
}

/// Where a database was named.
#[derive(Serialize, Clone)]
pub(crate) struct Origin {
    /// Its URL, without a password.
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
    /// The database that was named, which has to be there: a file of SQLite is not made.
    pub(crate) fn find(connection: &Connection) -> Outcome<Self> {
        Self::required(connection, true)
    }

    /// As [`find`](Self::find), but a file of SQLite is made if it is not there.
    pub(crate) fn find_or_make(connection: &Connection) -> Outcome<Self> {
        Self::required(connection, false)
    }

    fn required(connection: &Connection, must_exist: bool) -> Outcome<Self> {
        Self::named(connection, must_exist)?.ok_or_else(|| {
            let variable = variable("DATABASE_URL", connection.bind.as_deref());
            let table = connection.bind.as_ref().map_or("database".to_owned(), |bind| format!("database.binds.{bind}"));
            Failure::Usage(format!(
                "no database is named: give `--url mysql://root@localhost/app` (or `sqlite:app.db`), set the variable \
                 `{variable}`, or write `url = \"…\"` below `[{table}]` in `{FILE}`"
            ))
        })
    }

    /// The database that was named, if one was.
    pub(crate) fn look(connection: &Connection) -> Outcome<Option<Self>> {
        Self::named(connection, true)
    }

    fn named(connection: &Connection, must_exist: bool) -> Outcome<Option<Self>> {
        let bind = connection.bind.as_deref();
        if let Some(url) = &connection.url {
            return Self::open(config(url, None)?, url, "--url", must_exist).map(Some);
        }
        let name = variable("DATABASE_URL", bind);
        if let Ok(url) = std::env::var(&name) {
            let options = std::env::var(variable("DATABASE_OPTIONS", bind)).ok();
            return Self::open(config(&url, options.as_deref())?, &url, &name, must_exist).map(Some);
        }
        let file = connection.config.as_deref();
        let path = file.unwrap_or(Path::new(FILE));
        match Config::read(file)?.database(path, bind)? {
            Some((config, url)) => {
                Self::open(config, &url, &path.display().to_string(), must_exist).map(Some)
            }
            None => Ok(None),
        }
    }

    fn open(config: DatabaseConfig, url: &str, from: &str, must_exist: bool) -> Outcome<Self> {
        let mut builder = Database::builder().config(config);
        let is_file = url.starts_with("sqlite:") && !url.contains(":memory:");
        if must_exist && is_file && !url.contains("mode=") {
            builder = builder.option("mode", "rw");
        }
        // One database, whatever the models say where they are.
        let db = builder.open()?.on("default")?;
        let shown = of_url(url).split('?').next().unwrap_or_default().to_owned();
        Ok(Target { db, origin: Origin { url: shown, from: from.to_owned() } })
    }
}

/// A configuration of one database.
fn config(url: &str, options: Option<&str>) -> Outcome<DatabaseConfig> {
    let options = options.map(|options| ("DATABASE_OPTIONS", options));
    Ok(DatabaseConfig::from_variables([("DATABASE_URL", url)].into_iter().chain(options))?)
}

/// `DATABASE_URL_AUDIT` for the database `audit`.
fn variable(name: &str, bind: Option<&str>) -> String {
    bind.map_or_else(|| name.to_owned(), |bind| format!("{name}_{}", bind.to_uppercase()))
}

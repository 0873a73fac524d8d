//! The migrations folder, and the databases that it is for.

use std::path::PathBuf;

use clap::{Args, ValueEnum as _};
use orm::dialect::Dialect;
use orm_migrate::Migrations;

use crate::arguments::{Connection, DialectName};
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::target::Target;

/// Where the migrations are.
#[derive(Args)]
pub(crate) struct Folder {
    /// The migrations folder (default: that in orm.toml, or `migrations`; with `--bind audit`, `migrations/audit`)
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Folder {
    pub(crate) fn path(&self, connection: &Connection) -> Outcome<PathBuf> {
        if let Some(folder) = &self.folder {
            return Ok(folder.clone());
        }
        let config = Config::read(connection.config.as_deref())?;
        Ok(config.migrations.folder_of(connection.bind.as_deref()))
    }

    pub(crate) fn read(&self, connection: &Connection) -> Outcome<Migrations> {
        Ok(Migrations::read(self.path(connection)?)?)
    }
}

/// Returns the requested dialects; otherwise those of orm.toml; otherwise those of the last migration, along with that
/// of the named database.
pub(crate) async fn dialects(
    asked: &[DialectName],
    migrations: &Migrations,
    connection: &Connection,
) -> Outcome<Vec<Dialect>> {
    let config = Config::read(connection.config.as_deref())?;
    let names =
        if asked.is_empty() { config.migrations.dialects_of(connection.bind.as_deref()) } else { asked };
    if !names.is_empty() {
        return Ok(names.iter().map(|name| name.dialect().clone()).collect());
    }
    let mut dialects: Vec<Dialect> = known_dialects(&migrations.databases()?);
    let is_sqlite = |dialect: &Dialect| dialect.name == "SQLite";
    let Some(target) = Target::look(connection)? else {
        if !dialects.is_empty() {
            return Ok(dialects);
        }
        return Err(Failure::Usage(
            "no dialects are given: use `--dialect mysql,sqlite`, write `dialects = [\"mysql\"]` below \
             `[migrations]` in `orm.toml`, or name a database with `--url` or the variable `DATABASE_URL`"
                .to_owned(),
        ));
    };
    let file = is_sqlite(target.db.dialect());
    if !dialects.iter().any(|dialect| is_sqlite(dialect) == file) {
        // A URL does not tell MySQL from MariaDB, but the server does. An SQLite file need not exist yet.
        if !file {
            drop(target.db.connection().await?);
        }
        dialects.push(target.db.dialect().clone());
    }
    Ok(dialects)
}

fn known_dialects(databases: &[String]) -> Vec<Dialect> {
    let names = databases.iter().filter_map(|name| DialectName::from_str(name, true).ok());
    names.map(|name| name.dialect().clone()).collect()
}

/// Returns the position of a migration; the error for an unknown one lists all of them.
pub(crate) fn known(migrations: &Migrations, name: &str) -> Outcome<usize> {
    migrations.names().position(|known| known == name).ok_or_else(|| {
        let known: Vec<String> = migrations.names().map(|name| format!("`{name}`")).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Failure::Usage(format!("there is no migration `{name}`; there are: {known}"))
    })
}

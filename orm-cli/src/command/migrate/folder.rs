//! Where migrations are, and for which databases.

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
    /// The folder with the migrations, instead of that in orm.toml, or `migrations` (`migrations/audit` with `--bind audit`)
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

/// The databases whose words are asked for, else those of orm.toml, else those that the last migration is for, with that of
/// the database that is named.
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
            "for which databases? Give `--dialect mysql,sqlite`, write `dialects = [\"mysql\"]` below `[migrations]` in \
             `orm.toml`, or name a database with `--url` or the variable `DATABASE_URL`"
                .to_owned(),
        ));
    };
    let file = is_sqlite(target.db.dialect());
    if !dialects.iter().any(|dialect| is_sqlite(dialect) == file) {
        // A URL does not tell MySQL from MariaDB; the server does. A file of SQLite need not be there yet.
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

/// The place of a migration; an error that lists all if it is none of them.
pub(crate) fn known(migrations: &Migrations, name: &str) -> Outcome<usize> {
    migrations.names().position(|known| known == name).ok_or_else(|| {
        let known: Vec<String> = migrations.names().map(|name| format!("`{name}`")).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Failure::Usage(format!("there is no migration `{name}`; there are: {known}"))
    })
}

//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use orm::dialect::Dialect;
use serde::Deserialize;

use crate::command::{create_database, ddl, diagram, migrate, reflect, verify};

/// Migrates, compares, reflects and draws the tables of models and databases.
#[derive(Parser)]
#[command(name = "orm", version, about, after_help = AFTER)]
pub(crate) struct Arguments {
    /// Print data and errors as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER: &str = "\
The database is that of `--url`, else of the variable DATABASE_URL, else of the file orm.toml.
`--bind audit` selects the database with the bind name `audit` (DATABASE_URL_AUDIT).
Passwords are never printed.

Exit codes:
  0  success
  1  there are differences, or a check failed
  2  the command is invalid, or something is missing, such as a URL
  3  a database or file error

Examples:
  orm reflect --url mysql://root@localhost/app --out src/models.rs
  orm migrate up --url sqlite:app.db
  orm diagram --database --url sqlite:app.db --format svg --out schema.svg
  DATABASE_URL=sqlite:app.db orm reflect --json";

#[derive(Subcommand)]
pub(crate) enum Command {
    CreateDatabase(create_database::Options),
    Reflect(reflect::Options),
    Ddl(ddl::Options),
    Verify(verify::Options),
    Diagram(diagram::Options),
    Migrate(migrate::Options),
}

/// The commands that require models.
pub(crate) const NEED_MODELS: [&str; 2] = ["ddl", "verify"];

/// Which database.
#[derive(Args)]
pub(crate) struct Connection {
    /// The database, such as sqlite:app.db or mysql://root@localhost/app
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// The bind name of the database, instead of the default database
    #[arg(long, value_name = "NAME")]
    pub(crate) bind: Option<String>,
    /// The configuration file, instead of orm.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// The SQL dialects.
#[derive(ValueEnum, Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DialectName {
    #[cfg(feature = "mysql")]
    Mysql,
    #[cfg(feature = "mysql")]
    Mariadb,
    #[cfg(feature = "sqlite")]
    Sqlite,
}

impl DialectName {
    pub(crate) fn dialect(self) -> &'static Dialect {
        match self {
            #[cfg(feature = "mysql")]
            DialectName::Mysql => &orm::dialect::MYSQL,
            #[cfg(feature = "mysql")]
            DialectName::Mariadb => &orm::dialect::MARIADB,
            #[cfg(feature = "sqlite")]
            DialectName::Sqlite => &orm::dialect::SQLITE,
        }
    }
}

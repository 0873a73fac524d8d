//! `orm migrate check`.

use clap::Args;
use orm::dialect::Dialect;
use serde::Serialize;

use super::folder::{Folder, dialects};
use crate::arguments::{Connection, DialectName};
use crate::console::{Console, Tone};
use crate::failure::{Failure, Outcome};
use crate::models::Models;

/// Check that the migrations do all that the models ask for
///
/// For CI: ends with 1 if models have changed, and nobody has made a migration.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate check --dialect mysql,mariadb
  orm migrate check --json")]
pub(crate) struct Options {
    /// In the words of which databases, separated by commas
    #[arg(long, value_enum, value_delimiter = ',')]
    dialect: Vec<DialectName>,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Serialize)]
struct Checked {
    complete: bool,
    /// The steps that are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<String>,
}

pub(crate) async fn run(options: &Options, models: &Models, console: &Console) -> Outcome {
    let connection = &options.connection;
    let dialects = dialects(&options.dialect, connection).await?;
    let dialects: Vec<&Dialect> = dialects.iter().collect();
    let migrations = options.folder.read(connection)?;
    let missing = match models.check(connection.bind.as_deref(), &migrations, &dialects) {
        Ok(()) => None,
        Err(Failure::Database(error)) if error.is_schema_mismatch() => Some(error.to_string()),
        Err(failure) => return Err(failure),
    };
    let text = match &missing {
        None => console.paint(Tone::Good, "The migrations do all that the models ask for."),
        Some(missing) => format!("{missing}\n`orm migrate make NAME` makes a migration of it."),
    };
    let complete = missing.is_none();
    console.data(&Checked { complete, missing }, || text)?;
    if complete { Ok(()) } else { Err(Failure::Differs) }
}

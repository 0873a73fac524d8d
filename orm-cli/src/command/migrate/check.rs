//! `orm migrate check`.

use clap::Args;
use orm::dialect::Dialect;
use serde::Serialize;

use super::folder::{Folder, dialects};
use crate::arguments::{Connection, DialectName};
use crate::console::{Console, Tone};
use crate::failure::{Failure, Outcome};
use crate::models::Models;

/// Check that the migrations are up to date with the models
///
/// For CI: exits with 1 if the models have changed since the last migration.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate check --dialect mysql,mariadb
  orm migrate check --json
  orm migrate check --bind audit     the models and migrations of that database")]
pub(crate) struct Options {
    /// The SQL dialects, separated by commas (default: those in orm.toml, or those of the last migration and of the given
    /// database)
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
    /// The steps that no migration contains.
    missing: Vec<Missing>,
}

#[derive(Serialize)]
struct Missing {
    dialect: &'static str,
    step: String,
}

pub(crate) async fn run(options: &Options, models: &Models, console: &Console) -> Outcome {
    let connection = &options.connection;
    let migrations = options.folder.read(connection)?;
    let dialects = dialects(&options.dialect, &migrations, connection).await?;
    let dialects: Vec<&Dialect> = dialects.iter().collect();
    let draft = models.draft(connection.bind.as_deref(), migrations, &dialects, console)?;
    let mut missing = Vec::new();
    for dialect in dialects {
        let steps = draft.missing(dialect)?.into_iter();
        missing.extend(steps.map(|step| Missing { dialect: dialect.name, step: step.to_string() }));
    }
    let checked = Checked { complete: missing.is_empty(), missing };
    console.data(&checked, || text(&checked, connection.bind.as_deref(), console))?;
    if checked.complete { Ok(()) } else { Err(Failure::Differs) }
}

fn text(checked: &Checked, bind: Option<&str>, console: &Console) -> String {
    if checked.complete {
        return console.paint(Tone::Good, "The migrations are up to date with the models.");
    }
    let steps: String =
        checked.missing.iter().map(|missing| format!("- {}: {}\n", missing.dialect, missing.step)).collect();
    let bind = bind.map(|bind| format!(" --bind {bind}")).unwrap_or_default();
    format!(
        "The models have changed since the last migration:\n{steps}`orm migrate make NAME{bind}` makes a \
         migration for this."
    )
}

//! `orm migrate sql`.

use clap::Args;
use serde::Serialize;

use super::folder::Folder;
use crate::arguments::{Connection, DialectName};
use crate::command::dialect;
use crate::console::Console;
use crate::failure::Outcome;
use crate::output::Output;

/// Print the SQL of the migrations as one script, to be run with another tool
///
/// The script also records the migrations as run, so that `orm migrate up` continues after them. No database is contacted.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate sql --dialect mysql --out release.sql
  orm migrate sql --dialect mysql --from 20261125_194500_create_users    for a database with that migration")]
pub(crate) struct Options {
    /// The last migration that the database already has (default: none)
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// The SQL dialect of the script
    #[arg(long, value_enum)]
    dialect: Option<DialectName>,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    output: Output,
}

#[derive(Serialize)]
struct Script<'a> {
    dialect: &'a str,
    script: &'a str,
}

pub(crate) async fn run(options: &Options, console: &Console) -> Outcome {
    let dialect = dialect(options.dialect, &options.connection)?;
    let migrations = options.folder.read(&options.connection)?;
    let script = migrations.sql(options.from.as_deref(), &dialect)?;
    if options.output.is_file() {
        options.output.write(&script, console)?;
        if !console.json {
            return Ok(());
        }
    }
    console.data(&Script { dialect: dialect.name, script: &script }, || script.clone())
}

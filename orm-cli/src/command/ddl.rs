//! `orm ddl`.

use clap::Args;
use orm::Schema;
use serde::Serialize;

use super::dialect;
use crate::arguments::{Connection, DialectName};
use crate::console::Console;
use crate::failure::Outcome;
use crate::models::Models;
use crate::output::Output;

/// Print the statements that create the tables of the models
///
/// These are the statements that `create_tables` runs. No database is contacted.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm ddl --dialect mysql
  orm ddl --dialect sqlite --out schema.sql
  orm ddl --dialect sqlite | sqlite3 new.db

Without `--dialect`, the dialect is that of the given database, such as the one in DATABASE_URL.")]
pub(crate) struct Options {
    /// The SQL dialect
    #[arg(long, value_enum)]
    dialect: Option<DialectName>,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    output: Output,
}

#[derive(Serialize)]
struct Ddl<'a> {
    dialect: &'a str,
    statements: &'a [String],
}

pub(crate) fn run(options: &Options, models: &Models, console: &Console) -> Outcome {
    let bind = options.connection.bind.as_deref();
    let tables = models.in_database(bind)?;
    let dialect = dialect(options.dialect, &options.connection)?;
    let statements = Schema::of_tables(tables, &dialect)?.ddl(&dialect);
    if let Some(note) = models.elsewhere(bind) {
        console.note(&note);
    }
    let text = || statements.iter().map(|statement| format!("{statement};\n")).collect::<Vec<_>>().join("\n");
    if options.output.is_file() {
        options.output.write(&text(), console)?;
        if !console.json {
            return Ok(());
        }
    }
    console.data(&Ddl { dialect: dialect.name, statements: &statements }, text)
}

//! `orm diagram`.

use clap::{Args, ValueEnum};
use orm::Schema;
use serde::Serialize;

use super::dialect;
use crate::arguments::{Connection, DialectName};
use crate::console::Console;
use crate::failure::Outcome;
use crate::models::Models;
use crate::output::Output;
use crate::program::needed;
use crate::target::Target;

/// Draw the tables and the foreign keys between them
///
/// Draws the models, or the tables of a database. Many sites show Mermaid in a README; SVG only needs a browser.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm diagram --dialect mysql                                           of the models
  orm diagram --database --url sqlite:app.db                            of a database
  orm diagram --database --url sqlite:app.db --format svg --out schema.svg")]
pub(crate) struct Options {
    /// Draw the tables of the database, instead of the models
    #[arg(long)]
    database: bool,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Mermaid)]
    format: Format,
    /// The SQL dialect in which the column types of models are shown
    #[arg(long, value_enum, conflicts_with = "database")]
    dialect: Option<DialectName>,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    output: Output,
}

#[derive(ValueEnum, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    Mermaid,
    Svg,
}

#[derive(Serialize)]
struct Drawn<'a> {
    format: Format,
    diagram: &'a str,
}

pub(crate) async fn run(options: &Options, models: Option<&Models>, console: &Console) -> Outcome {
    let diagram = schema(options, models, console).await?.diagram();
    let text = match options.format {
        Format::Mermaid => diagram.mermaid(),
        Format::Svg => diagram.svg(),
    };
    if options.output.is_file() {
        options.output.write(&text, console)?;
        if !console.json {
            return Ok(());
        }
    }
    console.data(&Drawn { format: options.format, diagram: &text }, || text.clone())
}

async fn schema(options: &Options, models: Option<&Models>, console: &Console) -> Outcome<Schema> {
    let connection = &options.connection;
    if options.database {
        let target = Target::find(connection)?;
        console.note(&format!("reading {}", target.origin));
        return Ok(console.wait("reading the tables", Schema::reflect(&target.db)).await?);
    }
    let bind = connection.bind.as_deref();
    let tables = needed(models, "diagram` without `--database")?.in_database(bind)?;
    if let Some(note) = models.and_then(|models| models.elsewhere(bind)) {
        console.note(&note);
    }
    Ok(Schema::of_tables(tables, &dialect(options.dialect, connection)?)?)
}

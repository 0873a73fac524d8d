//! `orm reflect`.

use clap::Args;
use orm::Schema;
use serde::Serialize;

use crate::arguments::Connection;
use crate::console::Console;
use crate::failure::Outcome;
use crate::output::Output;
use crate::target::{Origin, Target};

/// Generate models from the tables of a database
///
/// Writes a struct for each table, with its relations in both directions, an enum for each column with a list of words, and
/// `Models`, the tuple of all of them. What a model cannot express becomes a comment in its place: read those. Views, and tables
/// without a primary key, become read-only models; views of SQLite, which does not tell the types of their columns, are written
/// by hand, with `#[orm(view)]`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm reflect --url mysql://root@localhost/app                    look at them
  orm reflect --url sqlite:app.db --out src/models.rs             keep them
  orm reflect --url sqlite:app.db --out src/models.rs --force     and again

The models fit the database: `orm verify` of a program that has them finds no difference, but for foreign keys that are comments.
A TINYINT(1) is a `bool`: one that holds more than 0 and 1 is made an `i8`, with sql_type = \"tinyint(1)\", by hand.")]
pub(crate) struct Options {
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    output: Output,
}

#[derive(Serialize)]
struct Reflected<'a> {
    database: &'a Origin,
    tables: Vec<String>,
    models: &'a str,
}

pub(crate) async fn run(options: &Options, console: &Console) -> Outcome {
    let target = Target::find(&options.connection)?;
    console.note(&format!("reading {}", target.origin));
    let schema = console.wait("reading the tables", Schema::reflect(&target.db)).await?;
    let models = orm_reflect::models(&schema, target.db.dialect());
    if options.output.is_file() {
        options.output.write(&models, console)?;
        if !console.json {
            return Ok(());
        }
    }
    let tables = schema.tables.iter().map(|table| table.name.to_string()).collect();
    let data = Reflected { database: &target.origin, tables, models: &models };
    console.data(&data, || models.clone())
}

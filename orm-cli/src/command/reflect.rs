//! `orm reflect`.

use clap::{Args, ValueEnum};
use orm::Schema;
use serde::Serialize;

use crate::arguments::Connection;
use crate::console::Console;
use crate::failure::Outcome;
use crate::output::Output;
use crate::target::{Origin, Target};

/// Generate models from the tables of a database
///
/// Writes a struct for each table, with its relations in both directions; an enum for each column of type ENUM, or with a CHECK
/// that lists its values; and `Models`, the tuple of all models. What a model cannot express becomes a comment above it: read
/// those. Views, and tables without a primary key, become read-only models. Views of SQLite are left out, because it does not
/// report the types of their columns: write their models by hand, with `#[orm(view)]`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm reflect --url mysql://root@localhost/app                    prints the models
  orm reflect --url sqlite:app.db --out src/models.rs             writes them to a file
  orm reflect --url sqlite:app.db --out src/models.rs --force     replaces that file

The models match the database: `orm verify` in a program with them finds no difference, except for foreign keys that became comments.
A TINYINT(1) becomes a `bool`. If it holds other numbers than 0 and 1, make it an `i8` by hand, with sql_type = \"tinyint(1)\".")]
pub(crate) struct Options {
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    output: Output,
    /// The crate of dates and times
    #[arg(long, value_enum, default_value_t, value_name = "CRATE")]
    dates: Dates,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Dates {
    #[default]
    Chrono,
    /// needs the feature `jiff` of `orm`
    Jiff,
    /// needs the feature `time` of `orm`
    Time,
}

impl From<Dates> for orm_reflect::Dates {
    fn from(dates: Dates) -> Self {
        match dates {
            Dates::Chrono => Self::Chrono,
            Dates::Jiff => Self::Jiff,
            Dates::Time => Self::Time,
        }
    }
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
    let models = orm_reflect::models_with(&schema, target.db.dialect(), options.dates.into());
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

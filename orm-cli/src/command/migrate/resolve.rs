//! `orm migrate resolve`.

use clap::{Args, ValueEnum};
use orm_migrate::Resolution;
use serde::Serialize;

use super::folder::Folder;
use crate::arguments::Connection;
use crate::console::Console;
use crate::failure::Outcome;
use crate::target::{Origin, Target};

/// Record what became of an interrupted statement
///
/// MySQL and MariaDB commit each DDL statement by itself. After an interruption, the next run inspects the tables and
/// continues. Only if they do not tell whether a statement was executed, as with TRUNCATE, it stops and asks: look at the rows,
/// and record here what you found. Nothing is run.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate resolve done
  orm migrate resolve undone     all that the interrupted migration did was undone by hand")]
pub(crate) struct Options {
    /// What you found
    #[arg(value_enum)]
    what: What,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    connection: Connection,
}

#[derive(ValueEnum, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    /// The statement was executed: the next run continues after it
    Done,
    /// It was not executed: the next run executes it
    NotDone,
    /// Everything that the migration did was undone by hand
    Undone,
}

#[derive(Serialize)]
struct Resolved<'a> {
    database: &'a Origin,
    resolved: What,
}

pub(crate) async fn run(options: &Options, console: &Console) -> Outcome {
    let target = Target::find(&options.connection)?;
    let migrations = options.folder.read(&options.connection)?;
    let resolution = match options.what {
        What::Done => Resolution::Done,
        What::NotDone => Resolution::NotDone,
        What::Undone => Resolution::Undone,
    };
    console.wait("recording", migrations.resolve(&target.db, resolution)).await?;
    console.data(&Resolved { database: &target.origin, resolved: options.what }, || "Recorded.".to_owned())
}

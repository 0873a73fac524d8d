//! `orm migrate settle`.

use clap::{Args, ValueEnum};
use orm_migrate::Doubt;
use serde::Serialize;

use super::folder::Folder;
use crate::arguments::Connection;
use crate::console::Console;
use crate::failure::Outcome;
use crate::target::{Origin, Target};

/// Say what has become of a statement that was interrupted
///
/// MySQL and MariaDB commit each change of a table by itself. After an interruption the next run looks at the tables and goes
/// on. Only if they do not tell whether a statement was done, as with TRUNCATE, it stops and asks: look at the rows, and say
/// here what you have seen. Nothing is run.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate settle done
  orm migrate settle undone     all of the interrupted migration was taken back by hand")]
pub(crate) struct Options {
    /// What was seen
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
    /// The statement was done: the next run goes on behind it
    Done,
    /// It was not: the next run does it
    NotDone,
    /// All that the migration did was taken back by hand
    Undone,
}

#[derive(Serialize)]
struct Settled<'a> {
    database: &'a Origin,
    settled: What,
}

pub(crate) async fn run(options: &Options, console: &Console) -> Outcome {
    let target = Target::find(&options.connection)?;
    let migrations = options.folder.read(&options.connection)?;
    let doubt = match options.what {
        What::Done => Doubt::Done,
        What::NotDone => Doubt::NotDone,
        What::Undone => Doubt::Undone,
    };
    console.wait("noting", migrations.settle(&target.db, doubt)).await?;
    console.data(&Settled { database: &target.origin, settled: options.what }, || "It is noted.".to_owned())
}

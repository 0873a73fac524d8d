//! `orm migrate squash`.

use clap::Args;
use serde::Serialize;

use super::folder::{Folder, known};
use crate::arguments::Connection;
use crate::console::Console;
use crate::failure::Outcome;

/// Replace several migrations by one
///
/// The new migration has their scripts, one after the other, and their folders are deleted. A database that has run all migrations
/// counts as having run it; one that has run only some is refused until it has run the others. No database is contacted.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate squash                                          all migrations
  orm migrate squash --to 20261125_194500_add_age             those up to this one
  orm migrate squash --dry-run                                show which ones, change nothing")]
pub(crate) struct Options {
    /// The first migration to squash (default: the first of all)
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// The last migration to squash (default: the last of all)
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Show which ones would be squashed, without changing anything
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Serialize)]
struct Squashed {
    /// The name of the new migration; `None` in a dry run.
    migration: Option<String>,
    replaces: Vec<String>,
}

pub(crate) fn run(options: &Options, console: &Console) -> Outcome {
    let Options { from, to, dry_run, folder, connection } = options;
    let migrations = folder.read(connection)?;
    let first = from.as_ref().map_or(Ok(0), |name| known(&migrations, name))?;
    let behind = to
        .as_ref()
        .map_or(Ok(migrations.names().count()), |name| known(&migrations, name).map(|at| at + 1))?;
    let replaces: Vec<String> = migrations.names().take(behind).skip(first).map(str::to_owned).collect();
    let migration = match dry_run {
        true => None,
        false => Some(migrations.squash(folder.path(connection)?, from.as_deref(), to.as_deref())?),
    };
    let squashed = Squashed { migration, replaces };
    console.data(&squashed, || text(&squashed))
}

fn text(Squashed { migration, replaces }: &Squashed) -> String {
    let list: String = replaces.iter().map(|name| format!("- {name}\n")).collect();
    match migration {
        None => format!("Would squash:\n{list}"),
        Some(name) => format!("Made `{name}` of:\n{list}"),
    }
}

//! `orm migrate stamp`.

use clap::Args;
use serde::Serialize;

use super::folder::{Folder, known};
use crate::arguments::Connection;
use crate::console::Console;
use crate::failure::Outcome;
use crate::target::{Origin, Target};

/// Record the migrations up to a given one as run, and no others, without running anything
///
/// For a database that was brought to that state by other means.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate stamp 20261125_194500_create_users")]
pub(crate) struct Options {
    /// The last migration to record as run
    name: String,
    /// Show what would be recorded, without recording it
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Serialize)]
struct Stamped<'a> {
    database: &'a Origin,
    stamped: &'a str,
    dry_run: bool,
}

pub(crate) async fn run(options: &Options, console: &Console) -> Outcome {
    let target = Target::find(&options.connection)?;
    let migrations = options.folder.read(&options.connection)?;
    let name = options.name.as_str();
    known(&migrations, name)?;
    console.note(&format!("stamping {}", target.origin));
    if !options.dry_run {
        console.wait("stamping", migrations.stamp(&target.db, name)).await?;
    }
    let data = Stamped { database: &target.origin, stamped: name, dry_run: options.dry_run };
    let would = if options.dry_run { "would be" } else { "are" };
    console.data(&data, || format!("The migrations up to `{name}` {would} recorded as run, and no others."))
}

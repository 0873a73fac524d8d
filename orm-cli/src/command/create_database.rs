//! `orm create-database`.

use clap::Args;
use serde::Serialize;

use crate::arguments::Connection;
use crate::console::Console;
use crate::failure::Outcome;
use crate::target::{Origin, Target};

/// Create the database, if it does not exist
///
/// On a server, this is the database in the URL, with the character set utf8mb4; for SQLite, it is the file. The new database
/// has no tables: see `orm migrate up`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm create-database --url mysql://root@localhost/app
  orm create-database && orm migrate up")]
pub(crate) struct Options {
    #[command(flatten)]
    connection: Connection,
}

#[derive(Serialize)]
struct Created<'a> {
    database: &'a Origin,
}

pub(crate) async fn run(options: &Options, console: &Console) -> Outcome {
    let target = Target::find_or_make(&options.connection)?;
    target.db.create_databases().await?;
    console
        .data(&Created { database: &target.origin }, || format!("The database is ready: {}\n", target.origin))
}

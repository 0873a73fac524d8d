//! `orm migrate`.

mod check;
mod folder;
mod make;
mod renames;
mod resolve;
mod run;
mod sql;
mod squash;
mod stamp;
mod status;

use clap::{Args, Subcommand};
pub(crate) use renames::Question;

use crate::console::Console;
use crate::failure::Outcome;
use crate::models::Models;
use crate::program::needed;

/// Make migrations from changes in the models, and run them
#[derive(Args)]
#[command(after_help = "\
Migrations are folders of SQL files, `migrations/20261125_194500_add_age/up.sqlite.sql`, which you can edit.
To use another folder, pass `--folder`, or write in orm.toml:

  [migrations]
  folder = \"db/migrations\"
  dialects = [\"mysql\", \"mariadb\"]

  [migrations.binds.audit]      for `--bind audit`
  folder = \"db/audit\"
  dialects = [\"sqlite\"]

Examples:
  orm migrate make \"add age\"      from the changes of the models since the last one
  orm migrate up                  run all pending migrations
  orm migrate status
  orm migrate check               in CI: fails if the models have changed without a migration")]
pub(crate) struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Make(make::Options),
    Up(run::Up),
    Down(run::Down),
    To(run::To),
    Status(status::Options),
    Check(check::Options),
    Stamp(stamp::Options),
    Resolve(resolve::Options),
    Squash(squash::Options),
    Sql(sql::Options),
}

/// The subcommands that require models.
pub(crate) const NEED_MODELS: [&str; 2] = ["make", "check"];

pub(crate) async fn run(options: &Options, models: Option<&Models>, console: &Console) -> Outcome {
    match &options.command {
        Command::Make(options) => make::run(options, needed(models, "migrate make")?, console).await,
        Command::Up(options) => options.run(models, console).await,
        Command::Down(options) => options.run(models, console).await,
        Command::To(options) => options.run(models, console).await,
        Command::Status(options) => status::run(options, console).await,
        Command::Check(options) => check::run(options, needed(models, "migrate check")?, console).await,
        Command::Stamp(options) => stamp::run(options, console).await,
        Command::Resolve(options) => resolve::run(options, console).await,
        Command::Squash(options) => squash::run(options, console),
        Command::Sql(options) => sql::run(options, console).await,
    }
}

//! `orm migrate status`.

use clap::Args;
use orm_migrate::{State, Status};
use serde::Serialize;

use super::folder::Folder;
use crate::arguments::Connection;
use crate::console::{Console, Tone};
use crate::failure::{Failure, Outcome};
use crate::target::{Origin, Target};

/// List the migrations and their states: applied, pending, interrupted, …
#[derive(Args)]
#[command(after_help = "\
Exit codes: 0; with `--exit-code`, 1 unless every migration is applied; 2 and 3 as for every command.

Examples:
  orm migrate status
  orm migrate status --exit-code && ./start-the-service")]
pub(crate) struct Options {
    /// Exit with 1 unless all migrations were run in their current form
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Serialize)]
struct Listed<'a> {
    database: &'a Origin,
    migrations: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    name: String,
    state: &'static str,
    /// Additional information.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

pub(crate) async fn run(options: &Options, console: &Console) -> Outcome {
    let target = Target::find_or_empty(&options.connection)?;
    let migrations = options.folder.read(&options.connection)?;
    console.note(&format!("reading {}", target.origin));
    let list = console.wait("reading", migrations.status(&target.db)).await?;
    let all_applied = list.iter().all(|status| status.state == State::Applied);
    let data = Listed { database: &target.origin, migrations: list.iter().map(item).collect() };
    console.data(&data, || text(&data.migrations, console))?;
    if options.exit_code && !all_applied { Err(Failure::Differs) } else { Ok(()) }
}

fn item(status: &Status) -> Item {
    let (state, note) = match &status.state {
        State::Applied => ("applied", None),
        State::Pending => ("pending", None),
        State::Interrupted { done, steps, in_doubt } => {
            ("interrupted", Some(interrupted(*done, *steps, *in_doubt)))
        }
        State::Partial { run, replaces } => ("partial", Some(partial(*run, *replaces))),
        State::Late => {
            ("late", Some("a later one was already run: see `orm migrate up --allow-late`".to_owned()))
        }
        State::Changed => ("changed", Some("its statements were changed after they were run".to_owned())),
        State::Missing => ("missing", Some("it was run, but is not in the folder".to_owned())),
        _ => ("unknown", None),
    };
    Item { name: status.name.clone(), state, note }
}

fn interrupted(done: u32, steps: u32, in_doubt: bool) -> String {
    let next = if in_doubt {
        format!("statement {} may be done, too: the next `up` finds out, or says that you have to", done + 1)
    } else {
        "the next `up` continues".to_owned()
    };
    format!("{done} of {steps} statements are done; {next}")
}

fn partial(run: u32, replaces: u32) -> String {
    format!(
        "it replaces {replaces} migrations, of which {run} {} run: run the others with a version of the \
         program that still has them",
        if run == 1 { "was" } else { "were" }
    )
}

fn text(list: &[Item], console: &Console) -> String {
    if list.is_empty() {
        return "There are no migrations.".to_owned();
    }
    let width = list.iter().map(|item| item.state.len()).max().unwrap_or(0);
    let line = |item: &Item| {
        let tone = match item.state {
            "applied" => Tone::Good,
            "pending" => Tone::Quiet,
            _ => Tone::Bad,
        };
        let state = console.paint(tone, &format!("{:width$}", item.state));
        let beside = item.note.as_ref().map(|note| format!("  ({note})")).unwrap_or_default();
        format!("{state}  {}{beside}\n", item.name)
    };
    list.iter().map(line).collect()
}

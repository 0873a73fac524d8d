//! `orm migrate up`, `down` and `to`.

use clap::Args;
use orm_migrate::{Migrations, Ran, State, Status};
use serde::Serialize;

use super::folder::{Folder, known};
use crate::arguments::Connection;
use crate::console::Console;
use crate::failure::Outcome;
use crate::target::{Origin, Target};

/// Run all migrations that were not run yet
///
/// Two commands at once do not get into each other's way: the second one waits, and finds nothing left to do.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate up --url sqlite:app.db
  orm migrate up --dry-run             which ones that would be")]
pub(crate) struct Up {
    #[command(flatten)]
    how: How,
}

/// Take back migrations, the last one first
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate down             the last one
  orm migrate down 3
  orm migrate down --dry-run   which one that would be")]
pub(crate) struct Down {
    /// How many
    #[arg(default_value_t = 1)]
    count: usize,
    #[command(flatten)]
    how: How,
}

/// Run or take back what it needs for a migration to be the last one that was run
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate to 20261125_194500_add_age")]
pub(crate) struct To {
    /// The migration
    name: String,
    #[command(flatten)]
    how: How,
}

#[derive(Args)]
struct How {
    /// Say which migrations would be run, and run none
    #[arg(long)]
    dry_run: bool,
    /// Go on although the file of a migration was changed after it was run
    #[arg(long)]
    allow_changed: bool,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    connection: Connection,
}

impl Up {
    pub(crate) async fn run(&self, console: &Console) -> Outcome {
        let (target, migrations) = self.how.begin(console)?;
        if self.how.dry_run {
            let list = migrations.status(&target.db).await?;
            return tell(&target, true, ups(&list, None), console);
        }
        let ran = console.wait("migrating", migrations.up(&target.db)).await?;
        tell(&target, false, done(ran), console)
    }
}

impl Down {
    pub(crate) async fn run(&self, console: &Console) -> Outcome {
        let (target, migrations) = self.how.begin(console)?;
        if self.how.dry_run {
            let list = migrations.status(&target.db).await?;
            return tell(&target, true, downs(&list, None).take(self.count).collect(), console);
        }
        let ran = console.wait("taking back", migrations.down(&target.db, self.count)).await?;
        tell(&target, false, done(ran), console)
    }
}

impl To {
    pub(crate) async fn run(&self, console: &Console) -> Outcome {
        let (target, migrations) = self.how.begin(console)?;
        known(&migrations, &self.name)?;
        if self.how.dry_run {
            let (list, name) = (migrations.status(&target.db).await?, Some(self.name.as_str()));
            return tell(
                &target,
                true,
                ups(&list, name).into_iter().chain(downs(&list, name)).collect(),
                console,
            );
        }
        let ran = console.wait("migrating", migrations.to(&target.db, &self.name)).await?;
        tell(&target, false, done(ran), console)
    }
}

impl How {
    fn begin(&self, console: &Console) -> Outcome<(Target, Migrations)> {
        let target = if self.dry_run {
            Target::find(&self.connection)?
        } else {
            // The first migration of a database of SQLite makes its file.
            Target::find_or_make(&self.connection)?
        };
        let mut migrations = self.folder.read(&self.connection)?;
        if self.allow_changed {
            migrations = migrations.allow_changed();
        }
        console.note(&format!("migrating {}", target.origin));
        let spinner = console.spinner.clone();
        let migrations = migrations.on_progress(move |at| {
            spinner.set_message(format!("{}: {} of {}", at.migration, at.step, at.steps));
        });
        Ok((target, migrations))
    }
}

#[derive(Serialize)]
struct Told<'t> {
    database: &'t Origin,
    dry_run: bool,
    migrations: Vec<One>,
}

#[derive(Serialize)]
struct One {
    name: String,
    direction: &'static str,
    /// How many were run.
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<usize>,
}

fn done(ran: Vec<Ran>) -> Vec<One> {
    let one = |ran: Ran| One {
        name: ran.name,
        direction: if ran.up { "up" } else { "down" },
        statements: Some(ran.statements),
    };
    ran.into_iter().map(one).collect()
}

/// Which would be run, up to one of them.
fn ups(list: &[Status], last: Option<&str>) -> Vec<One> {
    let within = |status: &&Status| last.is_none_or(|last| status.name.as_str() <= last);
    let ups = list.iter().filter(within).filter(|status| !is_run(status));
    ups.map(|status| One { name: status.name.clone(), direction: "up", statements: None }).collect()
}

/// Which would be taken back, behind one of them.
fn downs<'l>(list: &'l [Status], last: Option<&'l str>) -> impl Iterator<Item = One> {
    let behind = move |status: &&Status| last.is_none_or(|last| status.name.as_str() > last);
    let downs = list.iter().rev().filter(behind).filter(|status| is_run(status));
    downs.map(|status| One { name: status.name.clone(), direction: "down", statements: None })
}

fn is_run(status: &Status) -> bool {
    matches!(status.state, State::Applied | State::Unknown)
}

fn tell(target: &Target, dry_run: bool, migrations: Vec<One>, console: &Console) -> Outcome {
    let data = Told { database: &target.origin, dry_run, migrations };
    console.data(&data, || text(&data.migrations))
}

fn text(migrations: &[One]) -> String {
    if migrations.is_empty() {
        return "There is nothing to do.".to_owned();
    }
    let line = |one: &One| match one.statements {
        None => format!("would run {}: {}\n", one.direction, one.name),
        Some(1) => format!("{} {}: 1 statement\n", one.direction, one.name),
        Some(count) => format!("{} {}: {count} statements\n", one.direction, one.name),
    };
    migrations.iter().map(line).collect()
}

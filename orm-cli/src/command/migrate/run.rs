//! `orm migrate up`, `down` and `to`.

use clap::Args;
use orm_migrate::{Migrations, Progress, Ran};
use serde::Serialize;

use super::folder::{Folder, known};
use crate::arguments::Connection;
use crate::console::Console;
use crate::failure::Outcome;
use crate::models::Models;
use crate::target::{Origin, Target};

/// Run all pending migrations
///
/// Several programs may run this at once: one migrates, and the others wait and then find nothing to do.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate up --url sqlite:app.db
  orm migrate up --dry-run             prints the SQL instead of running it
  orm migrate up --allow-late          also runs older ones, which came with another branch")]
pub(crate) struct Up {
    #[command(flatten)]
    how: How,
}

/// Revert migrations, the last one first
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate down             reverts the last one
  orm migrate down 3           reverts the last three
  orm migrate down --dry-run   prints the SQL instead of running it")]
pub(crate) struct Down {
    /// How many migrations to revert
    #[arg(default_value_t = 1)]
    count: usize,
    #[command(flatten)]
    how: How,
}

/// Run or revert migrations until the given one is the last that was run
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
    /// Show the statements that would be run, without running them
    #[arg(long)]
    dry_run: bool,
    /// Continue even if a migration was changed after it was run
    #[arg(long)]
    allow_changed: bool,
    /// Continue even if the database has migrations that are not in the folder
    #[arg(long)]
    allow_missing: bool,
    /// Run migrations even if later ones were already run, as after merging two branches
    #[arg(long)]
    allow_late: bool,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    connection: Connection,
}

impl Up {
    pub(crate) async fn run(&self, models: Option<&Models>, console: &Console) -> Outcome {
        // The first migration of an SQLite database creates its file.
        let (target, migrations) = self.how.begin(Target::find_or_make, models, console)?;
        let ran = console.wait("migrating", migrations.up(&target.db)).await?;
        self.how.tell(&target, ran, console)
    }
}

impl Down {
    pub(crate) async fn run(&self, models: Option<&Models>, console: &Console) -> Outcome {
        // What does not exist has nothing to revert.
        let (target, migrations) = self.how.begin(Target::find, models, console)?;
        let ran = console.wait("reverting", migrations.down(&target.db, self.count)).await?;
        self.how.tell(&target, ran, console)
    }
}

impl To {
    pub(crate) async fn run(&self, models: Option<&Models>, console: &Console) -> Outcome {
        let (target, migrations) = self.how.begin(Target::find_or_make, models, console)?;
        known(&migrations, &self.name)?;
        let ran = console.wait("migrating", migrations.to(&target.db, &self.name)).await?;
        self.how.tell(&target, ran, console)
    }
}

impl How {
    fn begin(
        &self,
        find: fn(&Connection) -> Outcome<Target>,
        models: Option<&Models>,
        console: &Console,
    ) -> Outcome<(Target, Migrations)> {
        let find = if self.dry_run { Target::find_or_empty } else { find };
        let target = find(&self.connection)?;
        console.note(&format!("migrating {}", target.origin));
        let read = self.folder.read(&self.connection)?;
        let migrations = match models {
            Some(models) => models.with_steps(read),
            None => read,
        };
        Ok((target, self.allow(migrations).on_progress(progress(console))))
    }

    /// Applies the options to the migrations.
    fn allow(&self, mut migrations: Migrations) -> Migrations {
        if self.dry_run {
            migrations = migrations.dry_run();
        }
        if self.allow_changed {
            migrations = migrations.allow_changed();
        }
        if self.allow_missing {
            migrations = migrations.allow_missing();
        }
        if self.allow_late {
            migrations = migrations.allow_late();
        }
        migrations
    }

    fn tell(&self, target: &Target, ran: Vec<Ran>, console: &Console) -> Outcome {
        let migrations = ran.into_iter().map(One::from).collect();
        let data = Told { database: &target.origin, dry_run: self.dry_run, migrations };
        console.data(&data, || text(&data))
    }
}

fn progress(console: &Console) -> impl Fn(&Progress<'_>) + Send + Sync + 'static + use<> {
    let spinner = console.spinner.clone();
    move |at| spinner.set_message(format!("{}: {} of {}", at.migration, at.step, at.steps))
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
    /// The statements that were run, or that a dry run would run.
    statements: Vec<String>,
    /// How many statements an earlier run had done.
    done_before: usize,
}

impl From<Ran> for One {
    fn from(ran: Ran) -> Self {
        let direction = if ran.up { "up" } else { "down" };
        One { name: ran.name, direction, statements: ran.statements, done_before: ran.done_before }
    }
}

fn text(told: &Told<'_>) -> String {
    if told.migrations.is_empty() {
        return "There is nothing to do.".to_owned();
    }
    told.migrations.iter().map(|one| if told.dry_run { would(one) } else { done(one) }).collect()
}

fn done(One { name, direction, statements, .. }: &One) -> String {
    match statements.len() {
        1 => format!("{direction} {name}: 1 statement\n"),
        count => format!("{direction} {name}: {count} statements\n"),
    }
}

/// Formats it as a script, with comments for everything that is not SQL.
fn would(One { name, direction, statements, done_before }: &One) -> String {
    let behind = match done_before {
        0 => String::new(),
        count => format!(", after the first {count}, which were already run"),
    };
    let statements: String =
        statements
            .iter()
            .map(|statement| {
                if statement.starts_with("--") { format!("{statement}\n") } else { format!("{statement};\n") }
            })
            .collect();
    format!("-- would run {direction}: {name}{behind}\n{statements}")
}

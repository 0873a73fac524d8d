//! `orm migrate make`.

use clap::Args;
use orm::dialect::Dialect;
use orm_migrate::Draft;
use serde::Serialize;

use super::folder::{Folder, dialects};
use super::renames;
use crate::arguments::{Connection, DialectName};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::models::Models;

/// Make a migration of what has changed in the models since the last one
///
/// Nothing is connected to, unless only the server can say whether it is MySQL or MariaDB. The files are yours to edit before
/// they are run.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate make \"create users\" --dialect mysql,mariadb
  orm migrate make \"full names\" --rename users.name=full_name
  orm migrate make \"ages\" --fill users.age=18                for the rows that are there
  orm migrate make \"no faxes\" --allow-loss                   the column and all that is in it
  orm migrate make anything --dry-run                        what it would do")]
pub(crate) struct Options {
    /// What it does, in a few words: a part of the name of its folder
    name: String,
    /// In the words of which databases, separated by commas: if it is not said, those of orm.toml, or those of the last
    /// migration and the database that is named
    #[arg(long, value_enum, value_delimiter = ',')]
    dialect: Vec<DialectName>,
    /// A table or a column that has a new name, and keeps what is in it; `renamed_from` in a model says the same
    #[arg(long, value_name = "OLD=NEW", value_parser = pair)]
    rename: Vec<(String, String)>,
    /// Nothing else was renamed: what goes is dropped, and what comes is made anew
    #[arg(long)]
    no_renames: bool,
    /// What rows that are there get in a new column that must have a value: an SQL expression
    #[arg(long, value_name = "TABLE.COLUMN=SQL", value_parser = pair)]
    fill: Vec<(String, String)>,
    /// Consent to steps that lose what is in a table or a column
    #[arg(long)]
    allow_loss: bool,
    /// Say what it would do, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    connection: Connection,
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((left, right)) if !left.is_empty() && !right.is_empty() => {
            Ok((left.trim().to_owned(), right.trim().to_owned()))
        }
        _ => Err("expected two names with `=` between them".to_owned()),
    }
}

#[derive(Serialize)]
struct Made {
    /// The name of the migration; `None` if there was nothing to do, or in a dry run.
    migration: Option<String>,
    steps: Vec<Planned>,
}

#[derive(Serialize)]
struct Planned {
    dialect: &'static str,
    step: String,
    loses: bool,
    sql: Vec<String>,
}

pub(crate) async fn run(options: &Options, models: &Models, console: &Console) -> Outcome {
    let connection = &options.connection;
    let folder = options.folder.path(connection)?;
    let migrations = options.folder.read(connection)?;
    let dialects = dialects(&options.dialect, &migrations, connection).await?;
    let dialects: Vec<&Dialect> = dialects.iter().collect();
    let mut draft = models.draft(connection.bind.as_deref(), migrations, &dialects, console)?;
    for (from, to) in &options.rename {
        draft = draft.rename(from, to)?;
    }
    if !options.no_renames {
        draft = renames::ask(draft, console)?;
    }
    for (column, sql) in &options.fill {
        draft = draft.fill(column, sql);
    }
    let steps = planned(&draft, &dialects)?;
    if steps.is_empty() {
        return console.data(&Made { migration: None, steps }, || {
            "The models ask for nothing that the migrations do not do.".to_owned()
        });
    }
    if options.allow_loss {
        draft = draft.allow_loss();
    } else if steps.iter().any(|step| step.loses) && !options.dry_run {
        consent(&steps, console)?;
        draft = draft.allow_loss();
    }
    let migration = if options.dry_run { None } else { draft.write(&folder, &options.name)? };
    let text = || match &migration {
        None => format!("Would make a migration:\n{}", list(&steps)),
        Some(name) => format!("Made `{}`:\n{}", folder.join(name).display(), list(&steps)),
    };
    let text = text();
    console.data(&Made { migration, steps }, || text)
}

fn planned(draft: &Draft, dialects: &[&Dialect]) -> Outcome<Vec<Planned>> {
    let mut planned = Vec::new();
    for dialect in dialects {
        let steps = draft.steps(dialect)?;
        planned.extend(steps.into_iter().map(|step| Planned {
            dialect: dialect.name,
            step: step.to_string(),
            loses: step.loses,
            sql: step.sql,
        }));
    }
    Ok(planned)
}

/// Asks for consent to data loss; an error where no one can be asked.
fn consent(steps: &[Planned], console: &Console) -> Outcome {
    let losing: String = steps.iter().filter(|step| step.loses).map(line).collect();
    let advice = "if something has a new name, say so: `--rename users.name=full_name`; if it is meant to be lost: \
                  `--allow-loss`";
    match console.ask(&format!("The migration loses what is there:\n{losing}Lose it?"))? {
        Some(true) => Ok(()),
        Some(false) => Err(Failure::Usage(format!("nothing was made; {advice}"))),
        None => Err(Failure::Usage(format!("the migration loses what is there:\n{losing}{advice}"))),
    }
}

fn list(steps: &[Planned]) -> String {
    steps.iter().map(line).collect()
}

fn line(step: &Planned) -> String {
    format!("- {}: {}\n", step.dialect, step.step)
}

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

/// Make a migration from the changes in the models since the last one
///
/// No database is contacted, unless only the server can tell whether it is MySQL or MariaDB. You can edit the files before
/// they are run.
#[derive(Args)]
#[command(after_help = "\
Examples:
  orm migrate make \"create users\" --dialect mysql,mariadb
  orm migrate make \"full names\" --rename users.name=full_name
  orm migrate make \"ages\" --fill users.age=18                the value for existing rows
  orm migrate make \"no faxes\" --allow-data-loss                   drop a column with its data
  orm migrate make anything --dry-run                        show the steps, write nothing")]
pub(crate) struct Options {
    /// What the migration does, in a few words; becomes part of its folder's name
    name: String,
    /// The SQL dialects, separated by commas (default: those in orm.toml, or those of the last migration and of the given
    /// database)
    #[arg(long, value_enum, value_delimiter = ',')]
    dialect: Vec<DialectName>,
    /// A renamed table or column, which keeps its data; the same as `renamed_from` in a model
    #[arg(long, value_name = "OLD=NEW", value_parser = pair)]
    rename: Vec<(String, String)>,
    /// Nothing else was renamed: drop the old and create the new
    #[arg(long)]
    no_renames: bool,
    /// The value for existing rows in a new column that cannot be NULL: an SQL expression
    #[arg(long, value_name = "TABLE.COLUMN=SQL", value_parser = pair)]
    fill: Vec<(String, String)>,
    /// Allow steps that delete the data of a table or a column
    #[arg(long)]
    allow_data_loss: bool,
    /// Show what would be done, without writing anything
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
        _ => Err("expected the form `left=right`".to_owned()),
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
    loses_data: bool,
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
    if options.allow_data_loss {
        draft = draft.allow_data_loss();
    }
    let steps = planned(&draft, &dialects)?;
    if steps.is_empty() {
        return console.data(&Made { migration: None, steps }, || {
            "Nothing to do: the migrations are up to date with the models.".to_owned()
        });
    }
    if !options.allow_data_loss && steps.iter().any(|step| step.loses_data) && !options.dry_run {
        consent(&steps, console)?;
        draft = draft.allow_data_loss();
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
            loses_data: step.loses_data,
            sql: step.sql,
        }));
    }
    Ok(planned)
}

/// Asks for consent to data loss; an error where no one can be asked.
fn consent(steps: &[Planned], console: &Console) -> Outcome {
    let losing: String = steps.iter().filter(|step| step.loses_data).map(line).collect();
    let advice = "if something was renamed, say so: `--rename users.name=full_name`; if the loss is \
                  intended: `--allow-data-loss`";
    match console.ask(&format!("The migration deletes existing data:\n{losing}Delete it?"))? {
        Some(true) => Ok(()),
        Some(false) => Err(Failure::Usage(format!("no migration was made: {advice}"))),
        None => Err(Failure::Usage(format!("the migration deletes existing data:\n{losing}{advice}"))),
    }
}

fn list(steps: &[Planned]) -> String {
    steps.iter().map(line).collect()
}

fn line(step: &Planned) -> String {
    format!("- {}: {}\n", step.dialect, step.step)
}

//! `orm verify`.

use std::fmt::Write as _;

use clap::Args;
use orm::Schema;
use orm::schema::Difference;
use serde::Serialize;

use crate::arguments::Connection;
use crate::console::{Console, Tone};
use crate::failure::{Failure, Outcome};
use crate::models::Models;
use crate::target::{Origin, Target};

/// Compare the models with a database
///
/// Prints every difference, with the statements that would fix it. Nothing is changed. Harmless differences, such as a table
/// that belongs to no model, are only listed with `--all`, and do not count for the exit code.
#[derive(Args)]
#[command(after_help = "\
Exit codes: 0 if the database matches the models, 1 if it differs, 2 and 3 as for every command.

Examples:
  orm verify --url mysql://root@localhost/app
  orm verify --json | jq -r '.differences[].fix[]'
  orm verify --bind audit                         the database at DATABASE_URL_AUDIT")]
pub(crate) struct Options {
    /// List harmless differences as well
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Serialize)]
struct Verified<'a> {
    database: &'a Origin,
    fits: bool,
    differences: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    table: String,
    difference: String,
    harmless: bool,
    fix: Vec<String>,
    /// What to see to before running the statements.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cautions: Vec<&'static str>,
}

impl Item {
    fn of(difference: &Difference) -> Self {
        Item {
            table: difference.table.to_string(),
            difference: difference.to_string(),
            harmless: difference.harmless,
            fix: difference.fix.clone(),
            cautions: difference.cautions(),
        }
    }
}

pub(crate) async fn run(options: &Options, models: &Models, console: &Console) -> Outcome {
    let bind = options.connection.bind.as_deref();
    let tables = models.in_database(bind)?;
    let target = Target::find(&options.connection)?;
    console.note(&format!("comparing with {}", target.origin));
    if let Some(note) = models.elsewhere(bind) {
        console.note(&note);
    }
    let found = console.wait("reading the tables", Schema::differences(&target.db, tables)).await?;
    let fits = found.iter().all(|difference| difference.harmless);
    let shown = found.iter().filter(|difference| options.all || !difference.harmless);
    let data = Verified { database: &target.origin, fits, differences: shown.map(Item::of).collect() };
    console.data(&data, || text(&data, console))?;
    if fits { Ok(()) } else { Err(Failure::Differs) }
}

fn text(data: &Verified<'_>, console: &Console) -> String {
    let mut text = match data.differences.iter().filter(|item| !item.harmless).count() {
        0 => console.paint(Tone::Good, "The database matches the models."),
        1 => console.paint(Tone::Bad, "The database does not match the models, in one place:"),
        count => {
            console.paint(Tone::Bad, &format!("The database does not match the models, in {count} places:"))
        }
    };
    text.push('\n');
    let mut last: &[String] = &[];
    for Item { difference, harmless, fix, cautions, .. } in &data.differences {
        let harmless = if *harmless { " (harmless)" } else { "" };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "- {difference}{harmless}");
        if fix == last && !fix.is_empty() {
            text.push_str("    fixed by the same statements\n");
            continue;
        }
        for caution in cautions {
            let _ = writeln!(text, "{}", console.paint(Tone::Quiet, &format!("    -- {caution}")));
        }
        for statement in fix {
            let statement = format!("    {};", statement.replace('\n', "\n    "));
            let _ = writeln!(text, "{}", console.paint(Tone::Quiet, &statement));
        }
        last = fix;
    }
    text
}

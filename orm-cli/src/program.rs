//! Runs the command, from its arguments to the exit code.

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::arguments::{Arguments, Command, NEED_MODELS};
use crate::command::{create_database, ddl, diagram, migrate, reflect, verify};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::models::Models;
use crate::secret::without_passwords_of;

pub(crate) fn run(models: Option<Models>) -> ExitCode {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let arguments = match parse(models.is_some()) {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error, &words),
    };
    let console = Console::new(arguments.json);
    match work(arguments.command, models.as_ref(), &console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console.failure(&failure);
            failure.code()
        }
    }
}

fn parse(has_models: bool) -> Result<Arguments, clap::Error> {
    let mut command = Arguments::command();
    if !has_models {
        for name in NEED_MODELS {
            command = command.mut_subcommand(name, |command| command.hide(true));
        }
        command = command.mut_subcommand("migrate", |migrate| {
            migrate::NEED_MODELS
                .into_iter()
                .fold(migrate, |migrate, name| migrate.mut_subcommand(name, |command| command.hide(true)))
        });
    }
    Arguments::from_arg_matches(&command.try_get_matches()?)
}

/// Prints clap's message, which repeats the arguments: a misplaced one may be a URL.
fn refuse(error: &clap::Error, words: &[String]) -> ExitCode {
    if !error.use_stderr() {
        // Help and version contain none of the arguments.
        return if error.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(3) };
    }
    let text = error.render().to_string();
    let text = without_passwords_of(text.trim_end(), words.iter().map(String::as_str));
    let console = Console::new(words.iter().any(|word| word == "--json"));
    let failure = Failure::Usage(text.strip_prefix("error: ").unwrap_or(&text).to_owned());
    console.failure(&failure);
    failure.code()
}

fn work(command: Command, models: Option<&Models>, console: &Console) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::File(format!("cannot start the async runtime: {error}")))?;
    runtime.block_on(async {
        match command {
            Command::CreateDatabase(options) => create_database::run(&options, console).await,
            Command::Reflect(options) => reflect::run(&options, console).await,
            Command::Ddl(options) => ddl::run(&options, needed(models, "ddl")?, console),
            Command::Verify(options) => verify::run(&options, needed(models, "verify")?, console).await,
            Command::Diagram(options) => diagram::run(&options, models, console).await,
            Command::Migrate(options) => migrate::run(&options, models, console).await,
        }
    })
}

/// Returns the models, for a command that requires them.
pub(crate) fn needed<'m>(models: Option<&'m Models>, command: &str) -> Outcome<&'m Models> {
    models.ok_or_else(|| {
        Failure::Usage(format!(
            "`{command}` needs models, and this program has none. Build one that has yours, as `src/bin/orm.rs`:\n\n  \
             fn main() -> std::process::ExitCode {{\n      orm_cli::run::<(app::User, app::Post)>()\n  }}\n\n\
             Then run `cargo run --bin orm -- {command}`."
        ))
    })
}

//! The tasks of the project; `cargo xtask` lists them.

mod args;
mod backend;
mod browser;
mod ci;
mod cleanup;
mod compile_time;
mod control;
mod docs;
mod editor;
mod instructions;
mod process;
mod project;
mod scratch;
mod serve;
mod servers;
mod test;
mod versions;

use std::process::ExitCode;

use args::Chore;

fn main() -> ExitCode {
    let chore = match args::parse(std::env::args().skip(1)) {
        Ok(chore) => chore,
        Err(mistake) => {
            eprintln!("{}", args::HELP);
            if let Some(mistake) = mistake {
                eprintln!("\nerror: {mistake}");
            }
            return ExitCode::from(2);
        }
    };
    let done = cleanup::on_signals().and_then(|()| match chore {
        Chore::Test(options) => test::run(&options),
        Chore::Servers(options) => serve::run(&options),
        Chore::Ci => ci::run(),
        Chore::CompileTime => compile_time::run(),
        Chore::Docs => docs::run(),
        Chore::Editor => editor::run(),
        Chore::Browser => browser::run(),
        Chore::Instructions { write } => instructions::run(write),
        Chore::Help => {
            println!("{}", args::HELP);
            Ok(ExitCode::SUCCESS)
        }
    });
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

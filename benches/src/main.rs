//! The race: `orm`, its peers and the bare drivers, each a separate program, take turns at the same work. `--help`
//! lists the options; `benches/README.md` explains the results.

mod args;
mod build;
mod builds;
mod checkout;
mod cleanup;
mod count;
mod machine;
mod measure;
mod places;
mod profile;
mod program;
mod project;
mod report;
mod roster;
mod runner;
mod server;
mod stats;
mod versions;

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use args::{Asked, Options};
use checkout::Checkout;
use places::Place;
use report::Report;

fn main() -> ExitCode {
    let options = match args::parse(std::env::args().skip(1)) {
        Ok(Asked::Race(options)) => options,
        Ok(Asked::Help) => {
            println!("{}", args::HELP);
            return ExitCode::SUCCESS;
        }
        Err(mistake) => {
            eprintln!("{}\n\nerror: {mistake}", args::HELP);
            return ExitCode::from(2);
        }
    };
    match race(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn race(options: &Options) -> Result<()> {
    cleanup::on_signals()?;
    if options.builds {
        let mut report = Report::begin(options)?;
        return builds::measure(&roster::entrants(options)?, &mut report);
    }
    let places = places::all(options)?;
    // Kept to the end: it contains the sources of one of the programs.
    let checkout = options.compare.as_deref().map(Checkout::of).transpose()?;
    let entrants = match (&options.compare, &checkout) {
        (Some(revision), Some(checkout)) => roster::both(revision, checkout),
        _ => roster::entrants(options)?,
    };
    let mut report = Report::begin(options)?;
    let programs = build::all(&entrants, options, &mut report)?;
    if let Some(cpu) = &options.pin {
        // The programs inherit the pinning.
        machine::pin(cpu)?;
    }
    if options.profile {
        let server = places.iter().find_map(Place::server).context("`--profile` needs a server")?;
        let measured = profile::measure(&programs, server, options)?;
        return report.write_profile(&server.title(), &measured);
    }
    for place in &places {
        place.race(&programs, options, &mut report)?;
    }
    if options.write {
        report.write()?;
    }
    Ok(())
}

//! The benchmarks of `orm`: the same work through `orm` and by hand through the bare drivers, side by side in one run.
//! `--help` says how to ask; `benches/README.md` how to read the answer.

mod allocations;
mod args;
mod build;
mod by_hand;
mod client;
mod contestant;
mod measure;
mod models;
mod ours;
mod places;
mod report;
mod server;
mod stats;
mod work;

use std::process::ExitCode;

use anyhow::Result;
use args::{Answer, Options};
use measure::{measure, repeat};
use places::Place;
use report::Report;

fn main() -> ExitCode {
    let options = match args::parse(std::env::args().skip(1)) {
        Ok(Answer::Run(options)) => options,
        Ok(Answer::Help) => {
            println!("{}", args::HELP);
            return ExitCode::SUCCESS;
        }
        Err(mistake) => {
            eprintln!("{}\n\nerror: {mistake}", args::HELP);
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<()> {
    // One thread: with several, a task may wake on another core, which costs more than what is measured here.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    println!("{}\n", report::conditions(options));
    runtime.block_on(async {
        for place in places::all(options)? {
            let done = compare(&place, options).await;
            place.leave().await?;
            done?;
        }
        Ok(())
    })
}

/// Measures all the work that a place has, and prints its table.
async fn compare(place: &Place, options: &Options) -> Result<()> {
    let Some((title, mut contestants)) = place.enter(options).await? else { return Ok(()) };
    if let Some(times) = options.times() {
        for work in place.work(options) {
            repeat(&mut contestants, &work, times).await?;
        }
        return Ok(());
    }
    let mut report = Report::new(title);
    for work in place.work(options) {
        let series = measure(&mut contestants, &work, &options.plan()).await?;
        report.add(&work, &series);
    }
    println!("{report}\n");
    Ok(())
}

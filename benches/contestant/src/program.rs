//! A contestant's program.

use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::cost::Meter;
use crate::perform::Performer;
use crate::protocol::{Answer, Command};
use crate::work::{Scenario, Work};
use crate::{Contestant, Unsupported};

const HELP: &str = "\
A contestant of the benchmarks. orm-benches starts it, and sends it commands on standard input, one line of JSON each.
To run it by itself, as for a profiler:

  PROGRAM URL                           waits for commands
  PROGRAM URL SCENARIO TIMES [ROWS]     runs a scenario so many times: PROGRAM sqlite::memory: S5 10000";

/// Runs a contestant's program: its whole `main`.
pub fn main<C: Contestant>() -> ExitCode {
    main_of::<C, C>()
}

/// Runs the program of a contestant with separate types for the servers and for SQLite: its whole `main`.
pub fn main_of<Mysql: Contestant, Sqlite: Contestant>() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.first() {
        Some(url) if url.starts_with("sqlite:") => run::<Sqlite>(&words),
        _ => run::<Mysql>(&words),
    }
}

fn run<C: Contestant>(words: &[&str]) -> ExitCode {
    let done = match *words {
        [url] if !url.starts_with('-') => on_runtime::<C>(url, None),
        [url, scenario, times] => alone::<C>(url, scenario, times, None),
        [url, scenario, times, rows] => alone::<C>(url, scenario, times, Some(rows)),
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn alone<C: Contestant>(url: &str, scenario: &str, times: &str, rows: Option<&str>) -> Result<()> {
    let times = times.parse().with_context(|| format!("`{times}` is not a number of times"))?;
    // The largest of its sizes.
    let work = Work::ALL.iter().rfind(|work| work.scenario.key().eq_ignore_ascii_case(scenario));
    let work = work.with_context(|| {
        let known: Vec<_> = Scenario::all().map(Scenario::key).collect();
        format!("unknown scenario `{scenario}`; known scenarios: {}", known.join(", "))
    })?;
    let mut work = *work;
    if let Some(rows) = rows {
        work.rows = rows.parse().with_context(|| format!("`{rows}` is not a number of rows"))?;
    }
    on_runtime::<C>(url, Some((work, times)))
}

/// Runs on a single thread: with several, a task may wake up on another core, which costs more than what is measured
/// here.
fn on_runtime<C: Contestant>(url: &str, alone: Option<(Work, u64)>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut performer = Performer::<C>::open(url).await?;
        match alone {
            Some((work, times)) => {
                performer.prepare(work).await?;
                performer.work(times).await
            }
            None => obey(&mut performer).await,
        }
    })
}

/// Executes commands, line by line, until the input ends.
async fn obey<C: Contestant>(performer: &mut Performer<C>) -> Result<()> {
    say(&Answer::Open)?;
    for line in stdin().lock().lines() {
        let answer = match serde_json::from_str(&line?)? {
            Command::Prepare(work) => performer.prepare(work).await.map(|()| Answer::Prepared),
            Command::Run(times) => turn(performer, times).await,
        };
        say(&answer.unwrap_or_else(|error| match error.downcast_ref::<Unsupported>() {
            Some(Unsupported) => Answer::Unsupported,
            None => Answer::Failed(format!("{error:#}")),
        }))?;
    }
    Ok(())
}

async fn turn<C: Contestant>(performer: &mut Performer<C>, times: u64) -> Result<Answer> {
    let meter = Meter::begin()?;
    performer.work(times).await?;
    Ok(Answer::Done(meter.end()?))
}

fn say(answer: &Answer) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{}", serde_json::to_string(answer)?)?;
    if out.flush().is_err() {
        bail!("orm-benches has closed standard input");
    }
    Ok(())
}

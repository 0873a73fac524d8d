//! `--profile`: attributes the instructions of work on a server, as counted by valgrind, to their owners. Time
//! measurements cannot do that; and counts are the same on a busy machine.

mod callgrind;
mod owner;
mod shares;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use contestant::{Scenario, Work};

pub(crate) use owner::Owner;
pub(crate) use shares::Shares;

use callgrind::Counts;
use owner::Sources;

use crate::args::Options;
use crate::build::Built;
use crate::project;
use crate::server::Server;

/// The contestants that are profiled, in order: those whose driver [`Owner`] knows, and the one without a driver.
pub(crate) const CONTESTANTS: [&str; 4] = ["mysql_async", "orm", "orm+direct", "wire"];

/// The work that is profiled, and how often it is repeated.
const WORK: [(Scenario, u64); 4] =
    [(Scenario::Load, 5), (Scenario::Graph, 5), (Scenario::Find, 2_000), (Scenario::Stream, 5)];

/// The instructions of one repetition of a work, by owner.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) work: Work,
    pub(crate) contestant: String,
    pub(crate) shares: Shares,
}

/// Counts the instructions of each work and contestant.
pub(crate) fn measure(programs: &[Built], server: &Server, options: &Options) -> Result<Vec<Measured>> {
    let mut all = Vec::new();
    let databases: Vec<_> =
        programs.iter().map(|built| server.database(&built.name())).collect::<Result<_>>()?;
    for (scenario, times) in WORK {
        // Its largest size, of those that do not take minutes.
        let Some(work) = options.work().into_iter().map(Work::quick).rfind(|work| work.scenario == scenario)
        else {
            continue;
        };
        for (built, database) in programs.iter().zip(&databases) {
            eprintln!("{}, {}", work.title(), built.entrant.title);
            let url = built.entrant.entry.url(&database.url());
            let shares = Run { program: &built.program, url: &url, work }.each(times)?;
            all.push(Measured { work, contestant: built.entrant.title.clone(), shares });
        }
    }
    Ok(all)
}

/// A program that runs on its own.
struct Run<'a> {
    program: &'a Path,
    url: &'a str,
    work: Work,
}

impl Run<'_> {
    /// Returns the instructions of one repetition by owner, without one-time costs.
    fn each(&self, times: u64) -> Result<Shares> {
        let mut sources = Sources::of(self.program)?;
        let mut shares = |times| Shares::of(&self.counts(times)?, |address| sources.owner(address));
        Ok(shares(times)?.each(&shares(0)?, times))
    }

    fn counts(&self, times: u64) -> Result<Counts> {
        let file = project::target()?.join("callgrind.out");
        let mut valgrind = Command::new("valgrind");
        valgrind.args(callgrind::OPTIONS).arg(format!("--callgrind-out-file={}", file.display()));
        valgrind.arg(self.program).arg(self.url).arg(self.work.scenario.key());
        valgrind.args([times.to_string(), self.work.rows.to_string()]);
        let output =
            valgrind.stdin(Stdio::null()).output().context("cannot run valgrind: is it installed?")?;
        if !output.status.success() {
            bail!("valgrind: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let program = self.program.canonicalize()?;
        Counts::read(&fs::read_to_string(&file)?, &program.to_string_lossy())
    }
}

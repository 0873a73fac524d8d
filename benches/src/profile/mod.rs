//! `--profile`: whose instructions the work on a server takes, as valgrind counts them. A clock cannot tell; and a count is the
//! same on a busy machine.

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

/// Who is looked at, in order: those whose driver is known to [`Owner`], and who has none.
pub(crate) const CONTESTANTS: [&str; 4] = ["mysql_async", "orm", "orm+direct", "wire"];

/// What is looked at, and how often it is repeated.
const WORK: [(Scenario, u64); 4] =
    [(Scenario::Load, 5), (Scenario::Graph, 5), (Scenario::Find, 2_000), (Scenario::Stream, 5)];

/// Whose instructions one repetition of a work took.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) work: Work,
    pub(crate) contestant: String,
    pub(crate) shares: Shares,
}

/// Counts for each work and contestant.
pub(crate) fn measure(programs: &[Built], server: &Server, options: &Options) -> Result<Vec<Measured>> {
    let mut all = Vec::new();
    let databases: Vec<_> =
        programs.iter().map(|built| server.database(&built.name())).collect::<Result<_>>()?;
    for (scenario, times) in WORK {
        // The largest of its sizes, of those that do not take minutes.
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

/// A program that runs by itself.
struct Run<'a> {
    program: &'a Path,
    url: &'a str,
    work: Work,
}

impl Run<'_> {
    /// Whose instructions one repetition takes: without what is done only once.
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

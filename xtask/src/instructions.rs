//! `cargo xtask instructions`: counts the instructions that tasks of the race take with `orm` on SQLite. A count is the
//! same on a busy machine, so it reveals a slowdown of a few percent, which a clock could not.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::servers::apt;
use crate::{process, project};

/// A task of the race.
struct Work {
    /// The name of the task in the race.
    key: &'static str,
    /// How often it is repeated. Work that is done only once is subtracted, but rare work is included.
    times: u64,
}

const WORK: [Work; 5] = [
    Work { key: "S1", times: 10 },
    Work { key: "S3", times: 10 },
    Work { key: "S5", times: 10_000 },
    Work { key: "S6", times: 10_000 },
    Work { key: "S12a", times: 10 },
];

/// In percent. Addresses and hashes differ between runs; another C library copies differently.
const TOLERANCE: f64 = 3.0;

/// The expected counts: one line per task.
const EXPECTED: &str = "benches/instructions.txt";

/// Counts, and compares the results with the expected ones, or writes them down.
pub(crate) fn run(write: bool) -> Result<ExitCode> {
    if project::programs("valgrind").next().is_none() {
        let log = project::cache()?.join("apt.log");
        apt::install("valgrind", &["valgrind"], &log).context("instructions were NOT counted")?;
    }
    let program = build()?;
    let expected = fs::read_to_string(project::root().join(EXPECTED)).unwrap_or_default();
    let mut counted = String::new();
    let mut strayed = Vec::new();
    for work in &WORK {
        let count = work.count(&program)?;
        writeln!(counted, "{} {count}", work.key)?;
        let strays = work.expected(&expected).map(|expected| 100.0 * (count as f64 / expected as f64 - 1.0));
        match strays {
            Some(strays) => println!("{:<5}{count:>12} instructions {strays:>+7.1} %", work.key),
            None => println!("{:<5}{count:>12} instructions", work.key),
        }
        if strays.is_none_or(|strays| strays.abs() > TOLERANCE) {
            strayed.push(work.key);
        }
    }
    if write {
        fs::write(project::root().join(EXPECTED), counted)?;
    } else if !strayed.is_empty() {
        bail!(
            "the instruction counts of {} differ from {EXPECTED} by more than {TOLERANCE} %; if that is intended, run \
             `cargo xtask instructions --write`",
            strayed.join(", ")
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn build() -> Result<PathBuf> {
    let mut cargo = project::cargo();
    let target = project::cache()?.join("instructions");
    cargo.args(["build", "--release", "--package", "contestant-orm", "--target-dir"]).arg(&target);
    if !process::run(&mut cargo)?.success() {
        bail!("the contestant does not compile");
    }
    Ok(target.join("release/contestant-orm"))
}

impl Work {
    /// Returns the instructions of one repetition.
    fn count(&self, program: &PathBuf) -> Result<u64> {
        let (once, all) = (self.run(program, 0)?, self.run(program, self.times)?);
        Ok(all.saturating_sub(once) / self.times)
    }

    /// Returns the instructions of a process that repeats the task so many times.
    fn run(&self, program: &PathBuf, times: u64) -> Result<u64> {
        let log = project::cache()?.join("instructions.log");
        let mut valgrind = Command::new("valgrind");
        valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
        valgrind.args(["sqlite::memory:", self.key, &times.to_string()]);
        process::run_quietly(&mut valgrind, &log)?;
        let written = fs::read_to_string(&log)?;
        let count = written.lines().find_map(|line| line.split_once("Collected : "));
        let (_, count) = count.context("the output of valgrind has no instruction count")?;
        Ok(count.trim().parse()?)
    }

    fn expected(&self, all: &str) -> Option<u64> {
        all.lines().find_map(|line| line.strip_prefix(self.key)?.strip_prefix(' ')?.trim().parse().ok())
    }
}

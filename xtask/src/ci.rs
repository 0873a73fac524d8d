//! `cargo xtask ci`: the checks that must pass before a change is merged.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::args::TestOptions;
use crate::backend::Backend;
use crate::{docs, instructions, process, project, test, versions};

/// The names of the steps, and their cargo arguments.
const STEPS: [(&str, &[&str]); 7] = [
    ("format", &["fmt", "--all", "--check"]),
    ("lints", &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]),
    // Dependencies between the crates must not be circular, or they could not be published.
    ("packages", &["package", "--quiet", "--no-verify", "--allow-dirty"]),
    ("no feature", &["check", "--no-default-features"]),
    ("feature mysql alone", &["check", "--no-default-features", "--features", "mysql"]),
    ("feature tls alone", &["check", "--no-default-features", "--features", "tls"]),
    ("feature sqlite alone", &["check", "--no-default-features", "--features", "sqlite"]),
];

/// Runs the steps in order, up to the first that fails.
pub(crate) fn run() -> Result<ExitCode> {
    let start = Instant::now();
    for (name, arguments) in STEPS {
        step(name, || Ok(process::run(project::cargo().args(arguments))?.success()))?;
    }
    step("oldest and newest rusqlite", versions::run)?;
    step("documentation", || Ok(docs::run()? == ExitCode::SUCCESS))?;
    step("tests", || {
        let all = Backend::ALL.to_vec();
        let options = TestOptions { only: all.clone(), require: all, unpacked: false, arguments: Vec::new() };
        Ok(test::run(&options)? == ExitCode::SUCCESS)
    })?;
    step("tests on a later MariaDB", || {
        let only = vec![Backend::MariaDb];
        let options =
            TestOptions { only: only.clone(), require: only, unpacked: true, arguments: Vec::new() };
        Ok(test::run(&options)? == ExitCode::SUCCESS)
    })?;
    step("instructions", || Ok(instructions::run(false)? == ExitCode::SUCCESS))?;

    eprintln!("\nEvery step passed, in {:.1} s.", start.elapsed().as_secs_f32());
    Ok(ExitCode::SUCCESS)
}

fn step(name: &str, work: impl FnOnce() -> Result<bool>) -> Result<()> {
    eprintln!("\n=== {name}");
    let start = Instant::now();
    if !work().with_context(|| format!("the step `{name}` failed"))? {
        bail!("the step `{name}` failed");
    }
    eprintln!("=== {name}: passed in {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}

//! `cargo xtask ci`: what has to pass before a change is merged.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::args::TestOptions;
use crate::backend::Backend;
use crate::{process, project, test};

/// A name, cargo's arguments, and a variable to set.
type Step = (&'static str, &'static [&'static str], Option<(&'static str, &'static str)>);

const STEPS: [Step; 7] = [
    ("format", &["fmt", "--all", "--check"], None),
    ("lints", &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"], None),
    ("no feature", &["check", "--no-default-features"], None),
    ("feature mysql alone", &["check", "--no-default-features", "--features", "mysql"], None),
    ("feature tls alone", &["check", "--no-default-features", "--features", "tls"], None),
    ("feature sqlite alone", &["check", "--no-default-features", "--features", "sqlite"], None),
    (
        "documentation",
        &["doc", "--workspace", "--all-features", "--no-deps"],
        Some(("RUSTDOCFLAGS", "-D warnings")),
    ),
];

/// Runs the steps in order, up to the first that fails.
pub(crate) fn run() -> Result<ExitCode> {
    let start = Instant::now();
    for (name, arguments, variable) in STEPS {
        step(name, || {
            let mut cargo = project::cargo();
            cargo.args(arguments).envs(variable);
            Ok(process::run(&mut cargo)?.success())
        })?;
    }
    step("tests", || {
        let all = Backend::ALL.to_vec();
        let options = TestOptions { only: all.clone(), require: all, arguments: Vec::new() };
        Ok(test::run(&options)? == ExitCode::SUCCESS)
    })?;

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

//! `cargo xtask test`: every test on every backend.

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::args::TestOptions;
use crate::backend::Backend;
use crate::servers::{Choice, Fleet};
use crate::{process, project};

/// The packages to test, with one call of cargo per line: the service enables its own features of common dependencies,
/// and nothing else should be recompiled with them.
const PACKAGES: [&[&str]; 2] = [&[], &["--package", "service"]];

/// The files of tests that involve servers.
const SERVER_TESTS: [&str; 4] = ["--test", "suite", "--test", "tls"];

/// Starts the servers while the tests are compiled, runs the tests, and reports what they ran on.
pub(crate) fn run(options: &TestOptions) -> Result<ExitCode> {
    let choice = Choice { unpacked: options.unpacked, with: Vec::new() };
    let (fleet, built) =
        Fleet::start(&options.only, &choice, || run_each(options, |test| _ = test.arg("--no-run")));
    if !built? {
        bail!("the tests do not compile");
    }
    let ran = match refusal(options, &fleet) {
        None => {
            Some(run_each(options, |test| choose(test, options, &fleet))? && run_direct(options, &fleet)?)
        }
        Some(_) => None,
    };
    print_summary(options, &fleet, ran);
    if let Some(refusal) = refusal(options, &fleet) {
        bail!(refusal);
    }
    Ok(if ran == Some(true) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Tests all packages, or the tests of servers alone, up to the first that fails; returns whether none did.
fn run_each(options: &TestOptions, arguments: impl Fn(&mut Command)) -> Result<bool> {
    let targets: &[&[&str]] = if options.unpacked { &[&SERVER_TESTS] } else { &PACKAGES };
    for target in targets {
        let mut cargo = project::cargo();
        cargo.args(["test", "--all-features"]).args(*target);
        arguments(&mut cargo);
        if !process::run(&mut cargo)?.success() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Tests everything that involves servers again, over the other transport; returns whether nothing failed.
fn run_direct(options: &TestOptions, fleet: &Fleet) -> Result<bool> {
    if fleet.servers.is_empty() {
        return Ok(true);
    }
    eprintln!("\nThe server tests again, over `mysql+direct:`");
    let mut cargo = project::cargo();
    cargo.args(["test", "--all-features"]).args(SERVER_TESTS);
    choose(&mut cargo, options, fleet);
    cargo.args(["--skip", "::sqlite"]).env("ORM_TEST_TRANSPORT", "direct");
    Ok(process::run(&mut cargo)?.success())
}

/// Selects the tests. Server tests are marked `#[ignore]`, for plain `cargo test`; the last part of a test's name is
/// its backend.
fn choose(cargo: &mut Command, options: &TestOptions, fleet: &Fleet) {
    cargo.args(["--", "--include-ignored"]);
    for backend in Backend::ALL {
        if !has(options, fleet, backend) {
            cargo.args(["--skip", &format!("::{}", backend.name())]);
        }
    }
    if !options.arguments.iter().any(|argument| argument.starts_with("--test-threads")) {
        cargo.arg(format!("--test-threads={}", threads()));
    }
    cargo.args(&options.arguments);
    fleet.tell(cargo);
}

/// Returns four threads per core: many tests wait for locks, for timeouts, or for a disk.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(4, |cores| 4 * cores.get())
}

fn has(options: &TestOptions, fleet: &Fleet, backend: Backend) -> bool {
    let server = || fleet.servers.iter().any(|server| server.backend == backend);
    options.only.contains(&backend) && (backend == Backend::Sqlite || server())
}

/// Returns the reason for not running the tests at all.
fn refusal(options: &TestOptions, fleet: &Fleet) -> Option<String> {
    let advice = "install it, or name a server of your own in the variable";
    let required = |backend: &Backend| options.require.contains(backend);
    if let Some((backend, _)) = fleet.missing.iter().find(|(backend, _)| required(backend)) {
        let variable = backend.variable().unwrap_or_default();
        return Some(format!("{} is required: {advice} {variable}", backend.name()));
    }
    let asked = options.only.iter().any(|backend| backend.variable().is_some());
    (asked && fleet.servers.is_empty()).then(|| {
        format!("one server of the MySQL family must run: {advice} ORM_TEST_MARIADB or ORM_TEST_MYSQL")
    })
}

fn print_summary(options: &TestOptions, fleet: &Fleet, ran: Option<bool>) {
    let (verdict, did) = match ran {
        None => ("the tests were not run", "ready"),
        Some(true) => ("the tests passed", "ran"),
        Some(false) => ("tests failed: see above", "ran"),
    };
    eprintln!("\nSummary: {verdict}");
    for backend in Backend::ALL {
        let name = backend.name();
        let missing = || fleet.missing.iter().find(|(missing, _)| *missing == backend);
        if !options.only.contains(&backend) {
            eprintln!("  {name:<8} not requested");
        } else if let Some(server) = fleet.servers.iter().find(|server| server.backend == backend) {
            eprintln!("  {name:<8} {did} on {} ({})", server.version, server.origin);
        } else if let Some((_, reason)) = missing() {
            eprintln!("  {name:<8} DID NOT RUN: {reason:#}");
        } else {
            eprintln!("  {name:<8} {did}, compiled in");
        }
    }
}

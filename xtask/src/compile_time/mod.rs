//! `cargo xtask compile-time`: how long programs that use `orm` take to check, and what makes them take longer.

mod program;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::scratch::Scratch;
use crate::{process, project};

/// How often each program is checked: the fastest time counts, since everything else only adds to it.
const ROUNDS: u32 = 3;
const QUERIES: usize = 500;

/// Checks each program in a package of its own in a temporary folder, and prints a table.
pub(crate) fn run() -> Result<ExitCode> {
    let scratch = Scratch::new(&std::env::temp_dir(), "compile-time")?;
    fs::create_dir(scratch.path().join("src"))?;
    fs::write(scratch.path().join("Cargo.toml"), manifest())?;
    fs::copy(project::root().join("Cargo.lock"), scratch.path().join("Cargo.lock"))?;
    eprintln!("Checking what the programs depend on …");
    check(scratch.path(), "")?;
    let nothing = fastest(scratch.path(), "")?;
    let models = fastest(scratch.path(), &program::models())?;
    println!("{:<42} {:>9} {:>16}", "", "check", "of that, its own");
    row("nothing", nothing, None);
    row("30 models", models, Some(nothing));
    for joins in [1, 2, 3, 4, 8] {
        let time = fastest(scratch.path(), &program::queries(QUERIES, joins))?;
        row(&format!("{QUERIES} queries of {joins} joins over them"), time, Some(models));
    }
    for columns in [10, 200] {
        let time = fastest(scratch.path(), &program::wide_model(columns))?;
        row(&format!("a model of {columns} columns"), time, Some(nothing));
    }
    Ok(ExitCode::SUCCESS)
}

fn manifest() -> String {
    let root = project::root().display();
    format!(
        "[package]\nname = \"compile-time\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
        [dependencies]\norm = {{ path = {root:?} }}\n\n[workspace]\n",
        root = root.to_string()
    )
}

fn row(name: &str, time: Duration, base: Option<Duration>) {
    let own =
        base.map(|base| format!("{:.2} s", time.saturating_sub(base).as_secs_f64())).unwrap_or_default();
    println!("{name:<42} {:>7.2} s {own:>16}", time.as_secs_f64());
}

fn fastest(folder: &Path, program: &str) -> Result<Duration> {
    let mut fastest = Duration::MAX;
    for round in 0..ROUNDS {
        // Another text each time, or there would be nothing to check.
        fastest = fastest.min(check(folder, &format!("// {round}\n{program}"))?);
    }
    Ok(fastest)
}

fn check(folder: &Path, program: &str) -> Result<Duration> {
    let file = folder.join("src/lib.rs");
    fs::write(&file, program).with_context(|| format!("cannot write {}", file.display()))?;
    let mut cargo = project::cargo();
    cargo.current_dir(folder).args(["check", "--quiet"]).env("CARGO_INCREMENTAL", "0");
    cargo.env("CARGO_TARGET_DIR", project::cache()?.join("compile-time"));
    let start = Instant::now();
    process::run_quietly(&mut cargo, &folder.join("check.log"))?;
    Ok(start.elapsed())
}

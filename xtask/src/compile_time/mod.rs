//! `cargo xtask compile-time`: measures how long it takes to check programs that use `orm`, and what makes it take
//! longer.

mod package;
mod program;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;

use package::Package;

/// How often a program is checked; once if it has more columns than `LARGE`.
const ROUNDS: u32 = 3;
const LARGE: usize = 2_000;
const QUERIES: usize = 500;

/// Checks programs with many joins and many columns, and prints a table for each.
pub(crate) fn run() -> Result<ExitCode> {
    eprintln!("Checking the dependencies …");
    let package = Package::new()?;
    let nothing = package.fastest("", ROUNDS)?;
    queries(&package, nothing)?;
    models(&package, nothing)?;
    Ok(ExitCode::SUCCESS)
}

fn queries(package: &Package, nothing: Duration) -> Result<()> {
    let models = package.fastest(&program::models(), ROUNDS)?;
    println!("{:<42} {:>9} {:>16}", "", "check", "of that, its own");
    row("nothing", nothing, None);
    row("30 models", models, Some(nothing));
    for joins in [1, 2, 3, 4, 8] {
        let time = package.fastest(&program::queries(QUERIES, joins), ROUNDS)?;
        row(&format!("{QUERIES} queries of {joins} joins over them"), time, Some(models));
    }
    Ok(())
}

fn row(name: &str, time: Duration, base: Option<Duration>) {
    let own =
        base.map(|base| format!("{:.2} s", time.saturating_sub(base).as_secs_f64())).unwrap_or_default();
    println!("{name:<42} {:>7.2} s {own:>16}", time.as_secs_f64());
}

/// Measures models with more and more columns. What grows linearly with the columns has the same numbers in the last
/// three columns of its rows.
fn models(package: &Package, nothing: Duration) -> Result<()> {
    let empty = package.expanded("")?;
    println!(
        "\n{:<26} {:>9} {:>10} {:>12} {:>14}",
        "models", "check", "expanded", "a column", "of expansion"
    );
    for columns in [5, 20, 200] {
        for count in [10, 30, 100] {
            let program = program::tables(count, columns);
            let all = count * columns;
            let time = package.fastest(&program, if all > LARGE { 1 } else { ROUNDS })?;
            let bytes = package.expanded(&program)? - empty;
            println!(
                "{:<26} {:>7.2} s {:>7} KB {:>9.0} µs {:>12} B",
                format!("{count} of {columns} columns"),
                time.as_secs_f64(),
                bytes / 1000,
                time.saturating_sub(nothing).as_secs_f64() * 1e6 / all as f64,
                bytes / all
            );
        }
    }
    Ok(())
}

//! `BUILDS.md`.

use super::page::left_out;
use super::table::aligned;
use super::{Report, format};
use crate::builds::{Builds, Took};

const HEADER: [&str; 7] = [
    "contestant",
    "clean build",
    "check after a change",
    "build after a change",
    "clean release build",
    "stripped program",
    "crates",
];

const HOW_TO_READ: &str = "\
Wall-clock seconds / processor seconds to build each contestant's `examples/ten.rs`, a program with ten entities, with support for all the
databases that the contestant knows. Times after a change are the fastest of three.
";

/// Returns the page.
pub(super) fn page(report: &Report) -> String {
    let mut page = String::from(
        "# What it takes to build\n\nWritten by the race: `cargo run --release -p orm-benches -- --builds`.\n\n",
    );
    for condition in &report.conditions {
        page.push_str(&format!("- {condition}\n"));
    }
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend(report.builds.iter().map(|(title, builds)| row(title, builds)));
    page.push_str(&format!("\n{HOW_TO_READ}\n{}{}", aligned(&rows, 1), left_out(report)));
    page
}

fn row(title: &str, builds: &Builds) -> Vec<String> {
    vec![
        title.to_owned(),
        seconds(builds.clean),
        seconds(builds.check),
        seconds(builds.again),
        seconds(builds.release),
        format::memory(builds.size),
        builds.crates.to_string(),
    ]
}

fn seconds(took: Took) -> String {
    if took.wall < 10.0 {
        format!("{:.2} / {:.2}", took.wall, took.cpu)
    } else {
        format!("{:.0} / {:.0}", took.wall, took.cpu)
    }
}

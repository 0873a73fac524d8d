//! What it takes to build.

use super::format;
use super::table::aligned;
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

/// The table; nothing if nothing was built.
pub(super) fn table(all: &[(String, Builds)]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend(all.iter().map(|(title, builds)| row(title, builds)));
    format!(
        "## Ten entities\n\nSeconds by the clock, and of all processors. `examples/ten.rs` of each contestant, with all the \
         databases that it knows.\n\n{}",
        aligned(&rows, 1)
    )
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

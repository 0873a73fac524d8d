//! `RESULTS.md`.

use super::Report;
use super::table::aligned;

const HOW_TO_READ: &str = "\
Ratios are relative to handwritten code on the driver, the first row of each work: `rusqlite` on SQLite, `mysql_async` on servers, string
concatenation without a database. They are medians over the rounds of the ratio within a round, because the two turns of a round ran
under the same conditions. p10 – p90 is the range of eight in ten turns. A contestant that does not do a work has no row there.
[README](README.md) describes the work, and what makes the race fair; [PROFILE](PROFILE.md) says which part of the work on a server is the
driver's, and [BUILDS](BUILDS.md) how long builds take with each. “No driver” is not a client anyone would use, but what the protocol allows.
";

/// Returns the page.
pub(super) fn page(report: &Report) -> String {
    let mut page = String::from(
        "# Results\n\nWritten by the race itself: `cargo run --release -p orm-benches -- --write`.\n\n",
    );
    for condition in &report.conditions {
        page.push_str(&format!("- {condition}\n"));
    }
    page.push_str(&format!(
        "\n{HOW_TO_READ}\n![Time relative to handwritten code on the driver](results.svg)\n\n"
    ));
    let header = ["contestant", "versions", "how it is used"].map(str::to_owned);
    let mut rows = vec![header.to_vec()];
    rows.extend(report.contestants.iter().map(|row| row.to_vec()));
    page.push_str(&aligned(&rows, header.len()));
    page.push_str(&left_out(report));
    for table in &report.tables {
        page.push_str(&format!("\n{}", table.markdown()));
    }
    page
}

/// Lists the contestants that are not in the tables, and the reason; empty if all are.
pub(super) fn left_out(report: &Report) -> String {
    let mut text = String::new();
    for [title, why] in &report.left_out {
        text.push_str(if text.is_empty() { "\nLeft out:\n\n" } else { "" });
        text.push_str(&format!("- {title}: {}\n", why.replace('\n', "\n  ")));
    }
    text
}

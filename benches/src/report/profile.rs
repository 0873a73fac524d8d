//! `PROFILE.md`.

use super::table::aligned;
use super::{Report, format};
use crate::profile::{Measured, Owner};

const HOW_TO_READ: &str = "\
The instructions that one repetition of a work took, as counted by valgrind, without those of the kernel and of the server. An
instruction is attributed to the crate it belongs to; those of tokio, the standard library, the allocator and all other crates are
attributed to their caller: an allocation for the driver is the driver's. The async runtime counts as the program's. The driver is
below `orm`, so no ORM on the same driver can avoid its share; “no driver” shows how much of it the protocol would allow to save.
";

/// Returns the page.
pub(super) fn page(report: &Report, server: &str, measured: &[Measured]) -> String {
    let mut page = String::from(
        "# Profile: whose work it is\n\nWritten by the race: `cargo run --release -p orm-benches -- --profile`.\n\n",
    );
    for condition in &report.conditions {
        page.push_str(&format!("- {condition}\n"));
    }
    page.push_str(&format!("- {server}."));
    for [title, versions, _] in &report.contestants {
        page.push_str(&format!(" {title}: {versions}."));
    }
    page.push_str(&format!("\n\n{HOW_TO_READ}\n{}", table(measured)));
    page
}

const HEADER: [&str; 6] = ["work", "contestant", "instructions", "driver", "orm", "program"];

/// Returns the table: a row for each work and contestant.
pub(super) fn table(measured: &[Measured]) -> String {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    let mut last = None;
    for Measured { work, contestant, shares } in measured {
        let title = if last == Some(work) { String::new() } else { work.title() };
        last = Some(work);
        let mut row = vec![title, contestant.clone(), format::count(shares.all())];
        row.extend(Owner::ALL.map(|owner| {
            let count = shares.count(owner);
            // Smaller shares are negligible.
            if count < shares.all() / 1e3 {
                return "–".to_owned();
            }
            format!("{} ({:.0} %)", format::count(count), 100.0 * count / shares.all())
        }));
        rows.push(row);
    }
    aligned(&rows, 2)
}
